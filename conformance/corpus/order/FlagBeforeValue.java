// The flag is set before the value.

import static gofer.Go.*;

import module gofer;

boolean ready;
int value;

void main() {
    var wg = new WaitGroup();
    wg.go(() -> {
        ready = true;
        value = 42;
    });
    wg.go(() -> {
        if (ready && value != 42) throw new AssertionError("the value is not set");
    });
    wg.await();
}
