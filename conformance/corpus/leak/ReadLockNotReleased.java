// A reader does not unlock, and a writer waits.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var rw = new RWMutex();
    go(() -> {
        rw.rLock();
        go(() -> rw.lock());
    });
}
