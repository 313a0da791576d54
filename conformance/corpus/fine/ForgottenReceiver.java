// The channel holds the value until it is received.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> answers = Chan.make(1);
    answers.send(42);
    IO.println(answers.recv() == 42 ? "ok" : "wrong");
}
