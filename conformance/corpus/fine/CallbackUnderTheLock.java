// The observer is called without the lock.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    work(wg);
    wg.await();
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

final Mutex mu = new Mutex();
int value;

void work(WaitGroup wg) {
    wg.go(() -> set(1, () -> get()));
}

void set(int n, Runnable observer) {
    try (var _ = mu.lock()) {
        value = n;
    }
    observer.run();
}

int get() {
    try (var _ = mu.lock()) {
        return value;
    }
}
