// The condition becomes true between the check and the wait, and its notification is lost.

import static gofer.Go.*;

import module gofer;

boolean ready;

void await() throws InterruptedException {
    boolean seen;
    synchronized (this) {
        seen = ready;
    }
    if (!seen) {
        synchronized (this) {
            wait();
        }
    }
}

void main() {
    var wg = new WaitGroup();
    wg.go(this::await);
    wg.go(() -> {
        synchronized (this) {
            ready = true;
            notifyAll();
        }
    });
    wg.await();
}
