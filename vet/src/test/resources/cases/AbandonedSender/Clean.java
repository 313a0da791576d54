// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

final Duration second = Duration.ofSeconds(1);
final int last = -1;

int ask() {
    return 1;
}

void aloneWithContext(Context ctx) {
    Chan<Integer> chan = Chan.make();
    chan.send(ctx, 1); // ok: it ends with the context
}

void expect(Runnable code) {}

void aloneInUnknownCode() {
    expect(() -> {
        Chan<Integer> chan = Chan.make();
        chan.send(1); // ok: the caller may expect that it waits
    });
}

int innerBreak(List<Integer> wanted) {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the loop goes on
        numbers.close();
    });
    int hits = 0;
    for (int n : numbers) {
        for (int w : wanted) {
            if (w == n) {
                hits++;
                break;
            }
        }
    }
    return hits;
}

void labeledBreak(List<Integer> wanted) {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the loop goes on
        numbers.close();
    });
    for (int n : numbers) {
        search:
        for (int w : wanted) {
            while (w > n) break search;
        }
    }
}

void switches() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the loop goes on
        numbers.close();
    });
    for (int n : numbers) {
        switch (n) {
            case 1:
                IO.println("one");
                break;
            default:
                IO.println("many");
        }
        int text =
                switch (n) {
                    case 1 -> {
                        yield 2;
                    }
                    default -> 3;
                };
        switch (text) {
            case 2, 3 -> IO.println(text);
            default -> throw new AssertionError();
        }
    }
}

void caught() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the loop goes on
        numbers.close();
    });
    for (int n : numbers) {
        try {
            if (n == 3) throw new IllegalStateException();
        } catch (IllegalStateException e) {
            IO.println(e);
        }
    }
}

void resultOrError() {
    Chan<Integer> results = Chan.make();
    Chan<Exception> errors = Chan.make();
    go(() -> {
        try {
            results.send(ask()); // ok: one of the two
        } catch (Exception e) {
            errors.send(e);
        }
    });
    switch (select(results, errors)) {
        case First(var n) -> IO.println(n);
        case Second(var e) -> IO.println(e);
    }
}

void either(boolean first) {
    Chan<Integer> a = Chan.make();
    Chan<Integer> b = Chan.make();
    go(() -> {
        if (first) a.send(1); // ok: one of the two
        else b.send(1);
    });
    select(a, b);
}

int announced() {
    Chan<Integer> numbers = Chan.make();
    Chan<Void> done = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) numbers.send(i); // ok: the receiver leaves after the last one
        done.close();
    });
    int sum = ask();
    while (true) {
        switch (select(numbers, done)) {
            case First(var n) -> IO.println(n);
            case Second(_) -> {
                return sum;
            }
        }
    }
}

void fromOne() {
    Chan<Integer> reply = Chan.make();
    for (int i = 1; i < 3; i++) go(() -> reply.send(ask())); // ok: two
    IO.println(reply.recv() + reply.recv());
}

void byTwo() {
    Chan<Integer> reply = Chan.make();
    for (int i = 0; i < 4; i += 2) go(() -> reply.send(ask())); // ok: two
    IO.println(reply.recv() + reply.recv());
}

void startsOne(List<Integer> all) {
    Chan<Integer> reply = Chan.make();
    for (int n : all) {
        go(() -> reply.send(n)); // ok: one
        break;
    }
    IO.println(reply.recv());
}

void startsTheFirst(List<Integer> all) {
    Chan<Integer> reply = Chan.make();
    for (int n : all) {
        if (n == 1) go(() -> reply.send(n)); // ok: perhaps one
    }
    IO.println(reply.recv());
}

void token() {
    Chan<Integer> tokens = Chan.make();
    go(() -> {
        while (true) {
            int token = ask();
            tokens.send(token); // ok: both end with the last token
            if (token == last) return;
        }
    });
    for (int token : tokens) {
        if (token == last) break;
        IO.println(token);
    }
}

void counted(int count) {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < count; i++) numbers.send(i); // ok: all are received
    });
    int received = 0;
    for (int n : numbers) {
        IO.println(n);
        if (++received == count) break;
    }
}

void caughtBefore(boolean bad) {
    Chan<Integer> reply = Chan.make();
    go(() -> reply.send(ask())); // ok: it is received
    try {
        if (bad) throw new IllegalStateException("bad");
    } catch (IllegalStateException e) {
        IO.println(e);
    }
    IO.println(reply.recv());
}

void main() {}
