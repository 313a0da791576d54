// The inner method expects the lock to be held.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    work(wg);
    wg.await();
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

final Mutex mu = new Mutex();
int hits;

void work(WaitGroup wg) {
    wg.go(this::count);
}

void count() {
    try (var _ = mu.lock()) {
        addLocked(1);
    }
}

void addLocked(int n) {
    hits += n;
}
