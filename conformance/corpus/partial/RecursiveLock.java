// A method that locks calls another method that locks.

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
int hits;

void work() {
    go("counter", this::count);
}

void count() {
    try (var _ = mu.lock()) {
        add(1);
    }
}

void add(int n) {
    try (var _ = mu.lock()) {
        hits += n;
    }
}
