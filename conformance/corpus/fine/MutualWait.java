// One of the two goroutines begins.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> left = Chan.make();
    Chan<Integer> right = Chan.make();
    go(() -> {
        right.send(1);
        left.recv();
    });
    go(() -> left.send(right.recv()));
}
