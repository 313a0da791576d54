// The main goroutine had an hour to wait for the first value and has no deadline for the second, which never comes.

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
