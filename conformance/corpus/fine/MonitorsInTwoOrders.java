// Both monitors are entered in the same order.

import static gofer.Go.*;

import module gofer;

final Object a = new Object();
final Object b = new Object();

void both(Object first, Object second) {
    synchronized (first) {
        synchronized (second) {
            gosched();
        }
    }
}

void main() {
    var wg = new WaitGroup();
    wg.go(() -> both(a, b));
    wg.go(() -> both(a, b));
    wg.await();
    IO.println("ok");
}
