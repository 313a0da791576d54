import static gofer.Go.*;

import module gofer;

void consume(RecvChan<Integer> in) {}

void stop() {}

void plain() {
    Chan<Integer> chan = Chan.make();
    go(() -> chan.send(1));
    for (int n : chan) IO.println(n); // want NeverClosed
}

void buffered() {
    Chan<Integer> chan = Chan.make(3);
    go(() -> {
        for (int i = 0; i < 3; i++) chan.send(i);
    });
    for (int n : chan) { // want NeverClosed
        IO.println(n);
    }
}

void named() {
    Chan<Integer> chan = Chan.named("numbers", 3);
    go(() -> chan.send(1));
    for (int n : chan) IO.println(n); // want NeverClosed
}

void worker() {
    Chan<Integer> jobs = Chan.make();
    go(() -> {
        for (int job : jobs) IO.println(job); // want NeverClosed
    });
    jobs.send(1);
}

void workers() {
    Chan<Integer> jobs = Chan.make();
    for (int i = 0; i < 3; i++) {
        go(() -> {
            for (int job : jobs) IO.println(job); // want NeverClosed
        });
    }
    for (int i = 0; i < 10; i++) jobs.send(i);
}

void ofAWaitGroup() {
    Chan<Integer> jobs = Chan.make();
    var wg = new WaitGroup();
    wg.go(() -> {
        for (int job : jobs) IO.println(job); // want NeverClosed
    });
    jobs.send(1);
    wg.await();
}

void ofAGroup() throws Exception {
    Chan<Integer> jobs = Chan.make();
    var group = new ErrGroup();
    group.go(() -> {
        for (int job : jobs) IO.println(job); // want NeverClosed
    });
    jobs.send(1);
    group.await();
}

void withContinue() {
    Chan<Integer> chan = Chan.make();
    go(() -> chan.send(1));
    for (int n : chan) { // want NeverClosed
        if (n == 0) continue;
        IO.println(n);
    }
}

void triedSends() {
    Chan<Integer> chan = Chan.make(1);
    go(() -> chan.trySend(1));
    for (int n : chan) IO.println(n); // want NeverClosed
}

void sentBySelect(RecvChan<Void> quit) {
    Chan<Integer> chan = Chan.make();
    go(() -> select(chan.sending(1), quit));
    for (int n : chan) IO.println(n); // want NeverClosed
}

void inALambda() {
    go(() -> {
        Chan<Integer> chan = Chan.make();
        go(() -> chan.send(1));
        for (int n : chan) IO.println(n); // want NeverClosed
    });
}

void closed() {
    Chan<Integer> chan = Chan.make();
    go(() -> {
        chan.send(1);
        chan.close();
    });
    for (int n : chan) IO.println(n); // ok
}

void closedByReference() {
    Chan<Integer> chan = Chan.make();
    var wg = new WaitGroup();
    wg.go(() -> chan.send(1));
    Runnable end = chan::close;
    go(() -> {
        wg.await();
        end.run();
    });
    for (int n : chan) IO.println(n); // ok: closed by a reference
}

void left() {
    Chan<Integer> chan = Chan.make(3);
    go(() -> chan.send(1));
    for (int n : chan) { // ok: it leaves the loop
        if (n == 1) break;
    }
}

int returned() {
    Chan<Integer> chan = Chan.make(3);
    go(() -> chan.send(1));
    for (int n : chan) { // ok: it returns
        if (n == 1) return n;
    }
    return 0;
}

void thrown() {
    Chan<Integer> chan = Chan.make(3);
    go(() -> chan.send(1));
    for (int n : chan) { // ok: it throws
        if (n == 1) throw new IllegalStateException();
    }
}

void passedOn() {
    Chan<Integer> chan = Chan.make();
    producer(chan);
    for (int n : chan) IO.println(n); // ok: the producer may close it
}

void producer(SendChan<Integer> out) {
    go(() -> {
        out.send(1);
        out.close();
    });
}

RecvChan<Integer> returnedChannel() {
    Chan<Integer> chan = Chan.make();
    go(() -> {
        for (int n : chan) IO.println(n); // ok: the caller may close it, as a Chan
    });
    return chan;
}

void parameter(RecvChan<Integer> in) {
    for (int n : in) IO.println(n); // ok: others close it
}

void stored(List<Chan<Integer>> all) {
    Chan<Integer> chan = Chan.make();
    all.add(chan);
    for (int n : chan) IO.println(n); // ok: others close it
}

void noRange() {
    Chan<Integer> chan = Chan.make();
    go(() -> chan.send(1));
    chan.recv(); // ok: no loop
}

void handle() {
    Chan<Integer> chan = Chan.make();
    var worker =
            go(() -> {
                for (int n : chan) IO.println(n); // ok: it may be interrupted
            });
    worker.thread().interrupt();
}

void alias() {
    Chan<Integer> chan = Chan.make();
    SendChan<Integer> out = chan;
    go(() -> out.close());
    for (int n : chan) IO.println(n); // ok: closed as `out`
}

@SuppressWarnings("NeverClosed")
void suppressed() {
    Chan<Integer> chan = Chan.make();
    for (int n : chan) IO.println(n); // ok: suppressed
}

void main() {
    Chan<Integer> jobs = Chan.make();
    go(() -> {
        for (int job : jobs) IO.println(job); // ok: it ends with the program
    });
    jobs.send(1);
}
