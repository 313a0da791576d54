// A read lock cannot be upgraded to a write lock.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Boolean> stuck = Chan.make(1);
    try (var _ = Deadlocks.watch(_ -> stuck.trySend(true))) {
        work();
        stuck.recv();
        IO.println("the rest runs on");
    }
}

void work() {
    var rw = new RWMutex();
    go(
            "reader",
            () -> {
                rw.rLock();
                rw.lock();
            });
}
