// The waiting goroutine checks the condition under the lock that it waits with.

import static gofer.Go.*;

import module gofer;

void main() {
    var mu = new Mutex();
    var changed = new Cond(mu);
    boolean[] ready = {false};
    var wg = new WaitGroup();
    wg.go(() -> {
        try (var _ = mu.lock()) {
            while (!ready[0]) changed.await();
        }
    });
    wg.go(() -> {
        try (var _ = mu.lock()) {
            ready[0] = true;
        }
        changed.broadcast();
    });
    wg.await();
    IO.println("ok");
}
