// Every worker sends an answer.

import static gofer.Go.*;

import module gofer;

int parse(String text) {
    try {
        return Integer.parseInt(text);
    } catch (NumberFormatException bad) {
        return 0;
    }
}

void main() {
    Chan<Integer> answers = Chan.make();
    for (var text : List.of("1", "two", "3")) go(() -> answers.send(parse(text)));
    int sum = 0;
    for (int i = 0; i < 3; i++) sum += answers.recv();
    IO.println(sum == 4 ? "ok" : "wrong");
}
