// The read lock is released first.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    work(wg);
    wg.await();
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

void work(WaitGroup wg) {
    var rw = new RWMutex();
    wg.go(() -> {
        rw.rLock().close();
        rw.lock().close();
    });
}
