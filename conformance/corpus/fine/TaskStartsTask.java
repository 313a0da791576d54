// The group has room for the task that its task starts.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var g = new ErrGroup().limit(2);
    g.go(() -> g.go(() -> {}));
}
