// The waiting thread checks the condition under the monitor that it waits on.

import static gofer.Go.*;

import module gofer;

boolean ready;

void await() throws InterruptedException {
    synchronized (this) {
        while (!ready) wait();
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
    IO.println("ok");
}
