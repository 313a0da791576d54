import static gofer.Go.*;

import module gofer;

final Chan<Integer> field = Chan.make();

void straight() {
    Chan<Integer> chan = Chan.make(1);
    chan.close();
    chan.close(); // want ClosedTwice
}

void sent() {
    Chan<Integer> chan = Chan.make(1);
    chan.close();
    chan.send(1); // want ClosedTwice
}

void sentWithContext(Context ctx) {
    Chan<Integer> chan = Chan.make(1);
    chan.close();
    chan.send(ctx, 1); // want ClosedTwice
}

void tried() {
    Chan<Integer> chan = Chan.make(1);
    chan.close();
    chan.trySend(1); // want ClosedTwice
}

void ofAField() {
    field.close();
    IO.println("closed");
    field.close(); // want ClosedTwice
}

void conditional(boolean more, SendChan<Integer> out) {
    out.close();
    if (more) out.send(1); // want ClosedTwice
}

void inALoop(List<Integer> all) {
    Chan<Integer> chan = Chan.make(10);
    for (int n : all) {
        chan.send(n);
        chan.close(); // want ClosedTwice
    }
}

void inAnEndlessLoop(Iterator<Integer> all, SendChan<Integer> out) {
    while (true) {
        out.send(all.next());
        out.close(); // want ClosedTwice
    }
}

void byEachGoroutine() {
    Chan<Integer> chan = Chan.make(3);
    for (int i = 0; i < 3; i++) {
        int n = i;
        go(() -> {
            chan.send(n);
            chan.close(); // want ClosedTwice
        });
    }
}

void byEachGoroutineOfAGroup() {
    Chan<Integer> chan = Chan.make(3);
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) wg.go(() -> chan.close()); // want ClosedTwice
}

void byTheReceiver() {
    Chan<Integer> chan = Chan.make(1);
    go(() -> {
        for (int i = 0; i < 3; i++) chan.send(i);
    });
    go(() -> {
        chan.recv();
        chan.close(); // want ClosedTwice
    });
}

void byTheRangingReceiver() {
    Chan<Integer> chan = Chan.make();
    var wg = new WaitGroup();
    wg.go(() -> {
        for (int i = 0; i < 3; i++) chan.send(i);
    });
    wg.go(() -> {
        for (int n : chan) {
            if (n == 1) break;
        }
        chan.close(); // want ClosedTwice
    });
}

void inFinally() {
    Chan<Integer> chan = Chan.make(1);
    try {
        chan.send(1);
        chan.close();
    } finally {
        chan.close(); // want ClosedTwice
    }
}

void once() {
    Chan<Integer> chan = Chan.make(1);
    chan.send(1);
    chan.close(); // ok
}

void afterTheLoop(List<Integer> all) {
    Chan<Integer> chan = Chan.make(10);
    for (int n : all) chan.send(n);
    chan.close(); // ok
}

void eachOfMany(List<Chan<Integer>> all) {
    for (var chan : all) chan.close(); // ok: another channel each time
}

void ownInEachRound() {
    for (int i = 0; i < 3; i++) {
        Chan<Integer> chan = Chan.make(1);
        chan.close(); // ok: another channel each time
    }
}

void leavesTheLoop(List<Integer> all, Chan<Integer> chan) {
    for (int n : all) {
        chan.close(); // ok: the loop ends
        break;
    }
}

void lastRound(int rounds, Chan<Integer> chan) {
    for (int i = 0; i < rounds; i++) {
        if (i == rounds - 1) chan.close(); // ok: conditional
    }
}

void eitherWay(boolean a, Chan<Integer> chan) {
    if (a) {
        chan.close(); // ok: one of two ways
    } else {
        chan.close();
    }
}

void afterAReturn(boolean a, Chan<Integer> chan) {
    if (a) {
        chan.close(); // ok: returns
        return;
    }
    chan.close();
}

void reassigned() {
    Chan<Integer> chan = Chan.make(1);
    chan.close(); // ok: a new channel follows
    chan = Chan.make(1);
    chan.close();
}

void expected(Chan<Integer> chan) {
    chan.close(); // ok: the exception is expected
    try {
        chan.close();
    } catch (ChanClosedException e) {
        IO.println(e);
    }
}

void byTheLast(AtomicInteger left) {
    Chan<Integer> chan = Chan.make(3);
    for (int i = 0; i < 3; i++) {
        go(() -> {
            chan.send(1);
            if (left.decrementAndGet() == 0) chan.close(); // ok: the last one
        });
    }
}

void waitsForTheSenders() {
    Chan<Integer> chan = Chan.make(3);
    var senders = new WaitGroup();
    senders.go(() -> chan.send(1));
    go(() -> {
        senders.await();
        chan.close(); // ok: the senders are done
        for (int n : chan) IO.println(n);
    });
}

void closedBySender() {
    Chan<Integer> chan = Chan.make();
    go(() -> {
        chan.send(1);
        chan.close(); // ok: it is the sender
    });
    go(() -> chan.recv());
}

void received() {
    Chan<Integer> chan = Chan.make(1);
    chan.send(1);
    chan.close(); // ok: received afterwards
    chan.recv();
}

@SuppressWarnings("ClosedTwice")
void suppressed(Chan<Integer> chan) {
    chan.close();
    chan.close(); // ok: suppressed
}

void main() {}
