// Spins on a flag that is never set.

import static gofer.Go.*;

import module gofer;

volatile boolean ready;

void main() {
    var wg = new WaitGroup();
    wg.go(() -> {
        while (!ready) Thread.onSpinWait();
    });
    wg.go(() -> {});
    wg.await();
}
