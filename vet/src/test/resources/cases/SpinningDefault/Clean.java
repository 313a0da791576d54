// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

RecvChan<Instant> nextTick() {
    return tick(Duration.ofSeconds(1));
}

int next() {
    return 1;
}

void onlyOnDefault(Chan<Integer> in, Runnable work) {
    while (true) {
        if (trySelect(in) instanceof Default<?, ?, ?, ?, ?, ?>) work.run(); // ok: it works
    }
}

void withABinding(Chan<Integer> in) {
    while (true) {
        if (trySelect(in) instanceof Default<?, ?, ?, ?, ?, ?> none) IO.println(none); // ok: it works
    }
}

void calls(Chan<Integer> in) {
    while (true) {
        switch (trySelect(nextTick(), in)) { // ok: the method may wait
            case First(_) -> IO.println("tick");
            case Second(var n) -> IO.println(n);
            case Default() -> {}
        }
    }
}

void sends(Chan<Integer> out) {
    while (true) {
        switch (trySelect(out.sending(next()))) { // ok: the method may wait
            case First(_) -> IO.println("sent");
            case Default() -> {}
        }
    }
}

void defaultThatWorks(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // ok: it yields
            case First(var n) -> IO.println(n);
            default -> gosched();
        }
    }
}

void main() {}
