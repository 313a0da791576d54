// A flag that nobody sets is waited for by turning round.

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
