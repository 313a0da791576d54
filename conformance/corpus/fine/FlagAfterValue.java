// The flag is set last, and is volatile.

import static gofer.Go.*;

import module gofer;

volatile boolean ready;
int value;

void main() {
    var wg = new WaitGroup();
    wg.go(() -> {
        value = 42;
        ready = true;
    });
    wg.go(() -> {
        if (ready && value != 42) throw new AssertionError("the value is not set");
    });
    wg.await();
    IO.println("ok");
}
