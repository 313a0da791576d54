// A function that is to run later sends.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Integer> answers = Chan.make();
    afterFunc(Duration.ofMillis(700), () -> answers.send(1));
    IO.println(answers.recv() == 1 ? "ok" : "wrong");
}
