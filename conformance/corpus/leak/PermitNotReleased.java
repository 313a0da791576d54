// A permit of a semaphore is not released when the work fails.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var tokens = new Weighted(1);
    try {
        work(tokens, 0);
    } catch (ArithmeticException failed) {
        go(() -> work(tokens, 1));
    }
}

static int work(Weighted tokens, int n) {
    tokens.acquire(1);
    int result = 100 / n;
    tokens.release(1);
    return result;
}
