// A task of a full group waits until the group accepts another task.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var g = new ErrGroup().limit(1);
    g.go(() -> g.go(() -> {}));
}
