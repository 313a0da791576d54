// The permit is released on every path.

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
    try (var _ = tokens.acquire(1)) {
        return 100 / n;
    }
}
