// A signal before the wait is lost.

import static gofer.Go.*;

import module gofer;

void main() {
    var mu = new Mutex();
    var ready = new Cond(mu);
    var signalled = new WaitGroup();
    signalled.go(() -> ready.signal());
    signalled.await();
    try (var _ = mu.lock()) {
        ready.await();
    }
}
