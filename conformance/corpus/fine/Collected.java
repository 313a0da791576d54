// Something is done when an object is collected.

import static gofer.Go.*;

import module gofer;

import java.lang.ref.Cleaner;

static void register(Chan<Integer> answers) {
    Cleaner.create().register(new Object(), () -> answers.send(1));
}

void main() {
    Chan<Integer> answers = Chan.make();
    register(answers);
    IO.println(answers.recv() == 1 ? "ok" : "wrong");
}
