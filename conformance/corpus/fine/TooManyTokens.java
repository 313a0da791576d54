// Each goroutine releases its permit.

import static gofer.Go.*;

import module gofer;

void main() {
    var tokens = new Weighted(2);
    for (int i = 0; i < 3; i++) {
        tokens.acquire(Context.background(), 1);
        tokens.release(1);
    }
    IO.println("ok");
}
