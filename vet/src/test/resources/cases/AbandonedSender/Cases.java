import static gofer.Go.*;

import module gofer;

final Duration second = Duration.ofSeconds(1);

int ask() {
    return 1;
}

void trySelected() {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // want AbandonedSender
    trySelect(reply);
}

void timeout() {
    Chan<Integer> reply = Chan.make();
    go(() -> {
        reply.send(ask()); // want AbandonedSender
    });
    switch (select(reply, after(second))) {
        case First(var answer) -> IO.println(answer);
        case Second(_) -> IO.println("too late");
    }
}

void cancelled(Context ctx) {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // want AbandonedSender
    select(reply, ctx.done());
}

void firstOfMany() {
    Chan<Integer> reply = Chan.make();
    for (int i = 0; i < 3; i++) go(() -> reply.send(ask())); // want AbandonedSender
    IO.println(reply.recv());
}

void twoOfThree() {
    Chan<Integer> reply = Chan.make();
    for (int i = 0; i < 3; i++) {
        go(() -> reply.send(ask())); // want AbandonedSender
    }
    IO.println(reply.recv() + reply.recv());
}

void sentTwice(boolean failed) {
    Chan<String> reply = Chan.make();
    go(() -> {
        if (failed) reply.send("failed");
        reply.send("ok"); // want AbandonedSender
    });
    IO.println(reply.recv());
}

void leftLoop() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // want AbandonedSender
    });
    for (int n : numbers) {
        if (n == 3) break;
    }
}

int returnedFromLoop() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // want AbandonedSender
        numbers.close();
    });
    for (int n : numbers) {
        if (n == 3) return n;
    }
    return -1;
}

int earlyReturn(boolean bad) {
    Chan<Integer> reply = Chan.make(0);
    go(() -> reply.send(ask())); // want AbandonedSender
    if (bad) return -1;
    return reply.recv();
}

int earlyThrow(boolean bad) {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // want AbandonedSender
    if (bad) throw new IllegalStateException("bad");
    return reply.recv();
}

void loopUntilCancelled(Context ctx) {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; ; i++) numbers.send(i); // want AbandonedSender
    });
    while (true) {
        switch (select(numbers, ctx.done())) {
            case First(var n) -> IO.println(n);
            case Second(_) -> {
                return;
            }
        }
    }
}

void alone() {
    Chan<Integer> chan = Chan.make();
    chan.send(1); // want AbandonedSender
    IO.println(chan.recv());
}

void aloneWithoutReceiver() {
    Chan<Integer> chan = Chan.make();
    chan.send(1); // want AbandonedSender
}

void room() {
    Chan<Integer> reply = Chan.make(1);
    go(() -> reply.send(ask())); // ok: there is room
    select(reply, after(second));
}

void received() {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // ok
    IO.println(reply.recv());
}

void allReceived() {
    Chan<Integer> reply = Chan.make();
    for (int i = 0; i < 3; i++) go(() -> reply.send(ask())); // ok
    for (int i = 0; i < 3; i++) IO.println(reply.recv());
}

void twoOfTwo() {
    Chan<Integer> reply = Chan.make();
    for (int i = 0; i < 2; i++) go(() -> reply.send(ask())); // ok
    IO.println(reply.recv() + reply.recv());
}

void withContext(Context ctx) {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ctx, ask())); // ok: it gives up
    select(reply, ctx.done());
}

void withSelect(Context ctx) {
    Chan<Integer> reply = Chan.make();
    go(() -> select(reply.sending(ask()), ctx.done())); // ok: it gives up
    select(reply, ctx.done());
}

void triedSend() {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.trySend(ask())); // ok: it does not wait
    select(reply, after(second));
}

void patient(RecvChan<Instant> ticks) {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // ok: the loop receives it in the end
    while (true) {
        switch (select(reply, ticks)) {
            case First(_) -> {
                return;
            }
            case Second(_) -> IO.println("still waiting");
        }
    }
}

void drained() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the rest is received
        numbers.close();
    });
    for (int n : numbers) {
        if (n == 3) break;
    }
    for (int _ : numbers) {}
}

void sentinel() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the last value ends the loop
        numbers.send(-1);
    });
    for (int n : numbers) {
        if (n < 0) break;
    }
}

void eitherOr(boolean failed) {
    Chan<String> reply = Chan.make();
    go(() -> {
        if (failed) {
            reply.send("failed"); // ok: one of the two
            return;
        }
        reply.send("ok");
    });
    IO.println(reply.recv());
}

void passedOn(Consumer<RecvChan<Integer>> user) {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // ok: others may receive
    user.accept(reply);
    select(reply, after(second));
}

void otherReceiver() {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // ok: another goroutine receives
    go(() -> reply.recv());
    select(reply, after(second));
}

void onlyArm() {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // ok: no other arm
    select(reply);
}

void bothInGoroutines() {
    Chan<Integer> chan = Chan.make();
    go(() -> chan.send(1)); // ok
    go(() -> chan.recv());
}

@SuppressWarnings("AbandonedSender")
void suppressed() {
    Chan<Integer> chan = Chan.make();
    chan.send(1); // ok: suppressed
}

void main() {}
