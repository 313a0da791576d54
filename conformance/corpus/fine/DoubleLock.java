// The inner function expects the lock to be held.

import module gofer;

import static gofer.Go.*;

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
