// A reader locks again after a writer has begun to wait.

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
    Chan<Boolean> reading = Chan.make();
    go(
            "reader",
            () -> {
                rw.rLock();
                reading.send(true);
                while (rw.tryRLock()) { // until the writer waits
                    rw.rUnlock();
                    gosched();
                }
                rw.rLock();
            });
    reading.recv();
    go("writer", () -> rw.lock());
}
