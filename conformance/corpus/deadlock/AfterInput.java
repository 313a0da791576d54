// The deadlock is found once no goroutine waits for a socket.

import static gofer.Go.*;

import module gofer;

void main() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        go(() -> {
            try (var connection = server.accept()) {
                connection.getOutputStream().write(1);
            }
        });
        try (var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            client.getInputStream().read();
        }
    }
    Chan.<Integer>make().recv();
}
