// Both locks are taken in the same order.

import static gofer.Go.*;

import module gofer;

final Lock a = new ReentrantLock();
final Lock b = new ReentrantLock();

void both(Lock first, Lock second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
}

void main() {
    var wg = new WaitGroup();
    wg.go(() -> both(a, b));
    wg.go(() -> both(a, b));
    wg.await();
    IO.println("ok");
}
