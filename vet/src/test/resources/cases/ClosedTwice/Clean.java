// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

final Chan<Void> stop = Chan.make();

void expect(Runnable code) {}

void expected() {
    Chan<Integer> chan = Chan.make();
    expect(() -> {
        chan.close();
        chan.close(); // ok: the exception is expected
    });
}

void expectedInATry() {
    Chan<Integer> chan = Chan.make();
    try {
        chan.close();
        chan.close(); // ok: the exception is expected
    } catch (ChanClosedException e) {
        IO.println(e);
    }
}

void expectedInALoop() {
    Chan<Integer> chan = Chan.make();
    chan.close();
    for (int i = 0; i < 3; i++) {
        try {
            chan.send(i); // ok: the exception is expected
        } catch (ChanClosedException e) {
            IO.println(e);
        }
    }
}

void oneRound(Chan<Integer> out) {
    boolean more = true;
    while (more) {
        more = false;
        out.close(); // ok: one round
    }
}

void doOnce(Chan<Integer> out) {
    do {
        out.close(); // ok: one round
    } while (false);
}

void counted() {
    int i = 0;
    while (i < 1) {
        stop.close(); // ok: one round
        i++;
    }
}

void countedByFor() {
    for (int i = 0; i < 1; i++) stop.close(); // ok: one round
}

void receivesAll() {
    Chan<Integer> chan = Chan.make();
    go(() -> {
        for (int i = 0; i < 2; i++) chan.send(i);
    });
    go(() -> {
        chan.recv();
        chan.recv();
        chan.close(); // ok: nothing follows
    });
}

void main() {}
