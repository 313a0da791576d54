// Without a return, the result is sent after the failure.

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
        if (failed) answer.send("failure");
        answer.send("result");
    });
    answer.recv();
}
