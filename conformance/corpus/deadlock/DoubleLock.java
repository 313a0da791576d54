// A mutex is not reentrant.

import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
int count;

void add() {
    try (var _ = mu.lock()) {
        count++;
    }
}

void main() {
    try (var _ = mu.lock()) {
        add();
    }
}
