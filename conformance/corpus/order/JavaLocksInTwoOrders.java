// Two locks of the JDK, taken in two orders.

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
    wg.go(() -> both(b, a));
    wg.await();
}
