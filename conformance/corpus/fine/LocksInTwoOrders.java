// Both goroutines lock in the same order.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var a = new Mutex();
    var b = new Mutex();
    Chan<Boolean> meet = Chan.make(1);
    go(() -> {
        try (var _ = a.lock();
                var _ = b.lock()) {
            meet.send(true);
        }
    });
    go(() -> {
        try (var _ = a.lock();
                var _ = b.lock()) {
            meet.tryRecv();
        }
    });
}
