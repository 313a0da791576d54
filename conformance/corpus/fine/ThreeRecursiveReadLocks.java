// Each reader locks once.

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
    for (int i = 0; i < 3; i++) {
        wg.go(() -> rw.rLock().close());
    }
    wg.go(() -> rw.lock().close());
}
