// While a goroutine waits for a socket, the others are not reported.

import static gofer.Go.*;

import module gofer;

void main() throws IOException {
    Chan<Integer> answers = Chan.make();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        go(() -> {
            try (var connection = server.accept()) {
                answers.send(connection.getInputStream().read());
            }
        });
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        go(() -> {
            sleep(Duration.ofMillis(700));
            client.getOutputStream().write(1);
        });
        IO.println(answers.recv() == 1 ? "ok" : "wrong");
    }
}
