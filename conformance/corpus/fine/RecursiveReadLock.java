// The reader unlocks first.

import static gofer.Go.*;

import module gofer;

void main() {
    var mu = new RWMutex();
    mu.rLock();
    var wg = new WaitGroup();
    wg.go(() -> mu.lock().close());
    mu.rUnlock();
    mu.rLock();
    mu.rUnlock();
    wg.await();
    IO.println("ok");
}
