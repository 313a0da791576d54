// The server is started, but never stopped.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

static final class Server {
    private final Chan<Void> stop = Chan.make();

    void start() {
        go(() -> stop.recvOk());
    }

    void stop() {
        stop.close();
    }
}

void serve() {
    new Server().start();
}
