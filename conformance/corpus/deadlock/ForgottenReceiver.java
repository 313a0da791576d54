// A send that nobody receives.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Integer> answers = Chan.make();
    answers.send(42);
    IO.println(answers.recv());
}
