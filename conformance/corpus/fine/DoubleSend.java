// The function returns after it has sent the failure.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<String> answer = Chan.make();
    go(() -> {
        boolean failed = true;
        if (failed) {
            answer.send("failure");
            return;
        }
        answer.send("result");
    });
    answer.recv();
}
