// The channel has been made.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> updates = Chan.make(1);
    go(() -> updates.recv());
    updates.send(1);
}
