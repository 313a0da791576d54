// The channel is closed.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> jobs = Chan.make();
    for (int w = 0; w < 3; w++) {
        go(() -> {
            for (int job : jobs) Math.abs(job);
        });
    }
    for (int i = 0; i < 10; i++) jobs.send(i);
    jobs.close();
}
