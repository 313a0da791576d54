// A mutex is not reentrant.

import module gofer;

import static gofer.Go.*;

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
