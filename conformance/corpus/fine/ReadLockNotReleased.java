// The reader unlocks.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var rw = new RWMutex();
    go(() -> {
        try (var _ = rw.rLock()) {
            go(() -> rw.lock());
        }
    });
}
