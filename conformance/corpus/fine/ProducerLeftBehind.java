// The consumer cancels the producer.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> numbers = Chan.make();
    try (var ctx = Context.background().withCancel()) {
        go(() -> {
            for (int i = 0; i < 10; i++) {
                if (select(numbers.sending(i), ctx.done()) instanceof Second(_)) return;
            }
        });
        for (int n : numbers) {
            if (n == 3) return;
        }
    }
}
