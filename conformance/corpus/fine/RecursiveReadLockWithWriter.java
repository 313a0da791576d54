// The reader locks once.

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
    Chan<Boolean> reading = Chan.make();
    wg.go(() -> {
        try (var _ = rw.rLock()) {
            reading.send(true);
        }
    });
    reading.recv();
    wg.go(() -> rw.lock().close());
}
