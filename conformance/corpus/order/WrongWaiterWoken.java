// One condition for two kinds of waiters: a signal may wake the wrong kind.

import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
final Cond changed = new Cond(mu);
int items;

void put() {
    try (var _ = mu.lock()) {
        while (items == 1) changed.await();
        items++;
        changed.signal();
    }
}

void take() {
    try (var _ = mu.lock()) {
        while (items == 0) changed.await();
        items--;
        changed.signal();
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
}
