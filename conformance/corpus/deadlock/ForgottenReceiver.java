// A send without a receiver.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> answers = Chan.make();
    answers.send(42);
    IO.println(answers.recv());
}
