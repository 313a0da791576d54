// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

final Duration second = Duration.ofSeconds(1);

double read() {
    return 1;
}

void server(String path, Runnable handler) {}

void forever() {
    Chan<Double> values = Chan.make();
    go(() -> {
        while (true) {
            sleep(second);
            values.send(read());
        }
    });
    for (double value : values) IO.println(value); // ok: the sender never ends
}

void whileRunning(AtomicBoolean running) {
    Chan<Double> values = Chan.make();
    go(() -> {
        while (running.get()) values.send(read());
    });
    for (double value : values) IO.println(value); // ok: it may run as long as the program
}

void ofAStage(RecvChan<Integer> in) {
    Chan<Integer> doubled = Chan.make();
    go(() -> {
        for (int n : in) doubled.send(2 * n);
    });
    for (int n : doubled) IO.println(n); // ok: the input may never end
}

void logger() {
    Chan<String> log = Chan.make(100);
    go(() -> {
        for (var line : log) IO.println(line); // ok: the server may send at any time
    });
    server("/", () -> log.send("hit"));
}

void fromACallback() {
    Chan<String> lines = Chan.make(100);
    afterFunc(second, () -> lines.send("late"));
    for (var line : lines) IO.println(line); // ok: sent by other code
}

void exits() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 3; i++) numbers.send(i);
    });
    for (int n : numbers) show(n); // ok: the method ends the program
}

void show(int n) {
    if (n == 2) finish();
    IO.println(n);
}

void finish() {
    System.exit(0);
}

void withoutSenders() {
    Chan<Void> never = Chan.make();
    for (var _ : never) {} // ok: it waits on purpose
}

void main() {}
