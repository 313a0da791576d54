// Two goroutines are deadlocked, and others wait behind them.

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
    var a = new Mutex();
    var b = new RWMutex();
    Chan<Boolean> meet = Chan.make();
    go(
            "a",
            () -> {
                a.lock();
                meet.send(true);
                b.lock();
            });
    go(
            "b",
            () -> {
                b.lock();
                meet.recv();
                for (int i = 0; i < 3; i++) go("behind", () -> b.rLock());
                a.lock();
            });
}
