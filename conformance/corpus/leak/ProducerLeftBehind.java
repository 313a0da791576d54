// The consumer stops at the first suitable value, and the producer continues to send.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i);
    });
    for (int n : numbers) {
        if (n == 3) return;
    }
}
