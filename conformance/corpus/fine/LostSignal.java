// The signal is remembered, and checked first.

import static gofer.Go.*;

import module gofer;

boolean isReady;

void main() {
    var mu = new Mutex();
    var ready = new Cond(mu);
    go(() -> {
        try (var _ = mu.lock()) {
            isReady = true;
        }
        ready.signal();
    });
    try (var _ = mu.lock()) {
        while (!isReady) ready.await();
    }
    IO.println("ok");
}
