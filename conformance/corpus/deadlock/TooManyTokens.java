// Permits of a semaphore are not released.

import static gofer.Go.*;

import module gofer;

void main() {
    var tokens = new Weighted(2);
    for (int i = 0; i < 3; i++) tokens.acquire(Context.background(), 1);
}
