// A goroutine has waited for a socket; when none does any more, the others are found out.

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
