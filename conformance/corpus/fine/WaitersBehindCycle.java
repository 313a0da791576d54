// There is no cycle.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    work(wg);
    wg.await();
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

void work(WaitGroup wg) {
    var a = new Mutex();
    var b = new RWMutex();
    for (int i = 0; i < 2; i++) {
        wg.go(() -> {
            try (var _ = a.lock();
                    var _ = b.lock()) {
                gosched();
            }
        });
        wg.go(() -> b.rLock().close());
    }
}
