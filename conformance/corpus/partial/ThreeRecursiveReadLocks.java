// Three readers lock again after a writer has begun to wait.

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
    var reading = new WaitGroup();
    reading.add(3);
    for (int i = 0; i < 3; i++) {
        go(
                "reader",
                () -> {
                    rw.rLock();
                    reading.done();
                    while (rw.tryRLock()) { // until the writer waits
                        rw.rUnlock();
                        gosched();
                    }
                    rw.rLock();
                });
    }
    reading.await();
    go("writer", () -> rw.lock());
}
