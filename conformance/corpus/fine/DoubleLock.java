// The inner function expects the lock to be held.

import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
int count;

void addLocked() {
    count++;
}

void main() {
    try (var _ = mu.lock()) {
        addLocked();
    }
    IO.println(count == 1 ? "ok" : "wrong");
}
