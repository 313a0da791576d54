import static gofer.Go.*;

import module gofer;

Mutex mu = new Mutex(); // ok: no other file can replace it
int count;

void main() {
    try (var _ = mu.lock()) { // ok
        count++;
    }
}
