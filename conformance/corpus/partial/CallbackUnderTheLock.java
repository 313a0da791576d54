// An observer is called with the lock held, and calls back.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Boolean> stuck = Chan.make(1);
    try (var _ = Deadlocks.watch(_ -> stuck.trySend(true))) {
        work();
        stuck.recv();
        IO.println("the rest runs on");
    }
}

final Mutex mu = new Mutex();
int value;

void work() {
    go("setter", () -> set(1, () -> get()));
}

void set(int n, Runnable observer) {
    try (var _ = mu.lock()) {
        value = n;
        observer.run();
    }
}

int get() {
    try (var _ = mu.lock()) {
        return value;
    }
}
