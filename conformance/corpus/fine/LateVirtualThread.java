// A virtual thread that is no goroutine sends at last.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> answers = Chan.make();
    Thread.startVirtualThread(() -> {
        try {
            Thread.sleep(700);
        } catch (InterruptedException stop) {
            return;
        }
        answers.send(1);
    });
    IO.println(answers.recv() == 1 ? "ok" : "wrong");
}
