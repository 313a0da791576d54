// The starter of the goroutines adds them to the group before it starts them.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    var mu = new Mutex();
    int[] done = {0};
    wg.add(3);
    for (int i = 0; i < 3; i++) {
        go(() -> {
            try (var _ = mu.lock()) {
                done[0]++;
            }
            wg.done();
        });
    }
    wg.await();
    try (var _ = mu.lock()) {
        if (done[0] != 3) throw new AssertionError("only " + done[0]);
    }
    IO.println("ok");
}
