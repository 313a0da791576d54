// The goroutine waits for a stop signal.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Void> done = Chan.make();
    go(() -> done.recvOk());
    done.close();
}
