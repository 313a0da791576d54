// A function that runs later sends the value.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> answers = Chan.make();
    afterFunc(Duration.ofMillis(700), () -> answers.send(1));
    IO.println(answers.recv() == 1 ? "ok" : "wrong");
}
