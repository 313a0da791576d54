// The condition becomes true between the check and the wait, and its signal is lost.

import static gofer.Go.*;

import module gofer;

void main() {
    var mu = new Mutex();
    var changed = new Cond(mu);
    boolean[] ready = {false};
    var wg = new WaitGroup();
    wg.go(() -> {
        mu.lock();
        boolean seen = ready[0];
        mu.unlock();
        if (!seen) {
            try (var _ = mu.lock()) {
                changed.await();
            }
        }
    });
    wg.go(() -> {
        try (var _ = mu.lock()) {
            ready[0] = true;
        }
        changed.broadcast();
    });
    wg.await();
}
