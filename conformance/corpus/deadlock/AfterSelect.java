// The main goroutine waits for the first value with a timeout of an hour, and for the second without a timeout. The
// second
// never comes.

import static gofer.Go.*;

import module gofer;

void main() {
    var values = Chan.<Integer>make();
    var main = Thread.currentThread();
    go(() -> {
        while (main.getState() != Thread.State.WAITING) {
            gosched();
        }
        values.send(1);
    });
    select(values, after(Duration.ofHours(1)));
    values.recv();
}
