// A worker that fails returns without sending an answer.

import static gofer.Go.*;

import module gofer;

int parse(String text, SendChan<Integer> answers) {
    try {
        answers.send(Integer.parseInt(text));
    } catch (NumberFormatException bad) {
        return -1;
    }
    return 0;
}

void main() {
    Chan<Integer> answers = Chan.make();
    for (var text : List.of("1", "two", "3")) go(() -> parse(text, answers));
    for (int i = 0; i < 3; i++) answers.recv();
}
