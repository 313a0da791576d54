// The condition becomes true, but is not signalled.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var mu = new Mutex();
    var changed = new Cond(mu);
    boolean[] ready = {false};
    Chan<Boolean> waiting = Chan.make(1);
    go(() -> {
        try (var _ = mu.lock()) {
            waiting.send(true);
            while (!ready[0]) changed.await();
        }
    });
    waiting.recv();
    try (var _ = mu.lock()) {
        ready[0] = true;
    }
}
