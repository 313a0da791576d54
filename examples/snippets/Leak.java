// A test that fails if its code leaves behind a goroutine that waits forever.

import static gofer.Go.*;

import module gofer;

// @start region="leak"
static String firstAnswer() {
    Chan<String> answers = Chan.make(2); // room for both: with Chan.make() the second would wait forever
    go(() -> answers.send("here"));
    go(() -> answers.send("there"));
    return answers.recv();
}

static void test() throws Exception {
    Leaks.assertNone(() -> {
        var answer = firstAnswer();
        if (!answer.endsWith("here")) throw new AssertionError(answer);
    });
}

// @end

void main() throws Exception {
    test();
    IO.println("no goroutine is left behind");
}
