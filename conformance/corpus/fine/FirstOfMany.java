// The channel has room for all answers.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> answers = Chan.make(3);
    for (int i = 0; i < 3; i++) {
        int replica = i;
        go(() -> answers.send(replica));
    }
    answers.recv();
}
