// A timer ends a select that has no other case.

import static gofer.Go.*;

import module gofer;

void main() {
    go(() -> select(RecvChan.never(), after(Duration.ofMillis(200))));
    RecvChan<Integer> nothing = RecvChan.never();
    switch (select(nothing, after(Duration.ofMillis(300)))) {
        case First(_) -> IO.println("wrong");
        case Second(_) -> IO.println("ok");
    }
}
