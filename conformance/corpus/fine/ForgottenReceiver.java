// The channel holds the value until it is received.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Integer> answers = Chan.make(1);
    answers.send(42);
    IO.println(answers.recv() == 42 ? "ok" : "wrong");
}
