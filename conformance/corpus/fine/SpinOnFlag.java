// Another goroutine sets the flag.

import static gofer.Go.*;

import module gofer;

volatile boolean ready;

void main() {
    var wg = new WaitGroup();
    wg.go(() -> {
        while (!ready) Thread.onSpinWait();
    });
    wg.go(() -> ready = true);
    wg.await();
    IO.println("ok");
}
