// Each goroutine adds itself to the group, perhaps after main has waited for the group.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    var mu = new Mutex();
    int[] done = {0};
    for (int i = 0; i < 3; i++) {
        go(() -> {
            wg.add(1);
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
}
