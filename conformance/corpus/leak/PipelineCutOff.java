// The last stage of a pipeline stops, and the other stages are not cancelled.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var squares = square(numbers());
    squares.recv();
}

static RecvChan<Integer> numbers() {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int i = 1; i <= 5; i++) out.send(i);
        out.close();
    });
    return out;
}

static RecvChan<Integer> square(RecvChan<Integer> in) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int n : in) out.send(n * n);
        out.close();
    });
    return out;
}
