// The channel was never made.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    RecvChan<Integer> updates = RecvChan.never();
    go(() -> updates.recv());
}
