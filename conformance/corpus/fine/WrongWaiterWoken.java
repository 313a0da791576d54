// Both kinds of waiters are woken, and each checks its condition.

import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
final Cond changed = new Cond(mu);
int items;

void put() {
    try (var _ = mu.lock()) {
        while (items == 1) changed.await();
        items++;
        changed.broadcast();
    }
}

void take() {
    try (var _ = mu.lock()) {
        while (items == 0) changed.await();
        items--;
        changed.broadcast();
    }
}

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) {
        wg.go(() -> {
            put();
            put();
        });
        wg.go(() -> {
            take();
            take();
        });
    }
    wg.await();
    IO.println("ok");
}
