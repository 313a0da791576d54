// A thread of the operating system sends at last.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> answers = Chan.make();
    new Thread(
                    () -> {
                        try {
                            Thread.sleep(700);
                        } catch (InterruptedException stop) {
                            return;
                        }
                        answers.send(1);
                    })
            .start();
    IO.println(answers.recv() == 1 ? "ok" : "wrong");
}
