import static gofer.Go.*;

import module gofer;

final WaitGroup field = new WaitGroup();

int worked;

void work() {
    worked++;
}

int parse(String text) {
    return Integer.parseInt(text);
}

void plain() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        work();
        wg.done(); // want DoneNotInFinally
    });
    wg.await();
}

void inALoop() {
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        wg.add(1);
        go(() -> {
            work();
            wg.done(); // want DoneNotInFinally
        });
    }
    wg.await();
}

void addedAtOnce() {
    var wg = new WaitGroup();
    wg.add(3);
    for (int i = 0; i < 3; i++) {
        int n = i;
        go(() -> {
            parse("" + n);
            wg.done(); // want DoneNotInFinally
        });
    }
}

void field() {
    field.add(1);
    go(() -> {
        work();
        field.done(); // want DoneNotInFinally
    });
}

void aParse(WaitGroup wg, String text) {
    wg.add(1);
    go(() -> {
        int n = parse(text);
        wg.done(); // want DoneNotInFinally
    });
}

void aDivision(int n) {
    var wg = new WaitGroup();
    int[] result = {0};
    wg.add(1);
    go(() -> {
        result[0] = 100 / n;
        wg.done(); // want DoneNotInFinally
    });
    wg.await();
}

void aThrow(boolean bad) {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        if (bad) throw new IllegalStateException("bad");
        wg.done(); // want DoneNotInFinally
    });
    wg.await();
}

void named() {
    var wg = new WaitGroup();
    wg.add(1);
    go(
            "named",
            () -> {
                work();
                wg.done(); // want DoneNotInFinally
            });
}

void someExceptions() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        try {
            parse("x");
        } catch (NumberFormatException e) {
            work();
        }
        wg.done(); // want DoneNotInFinally
    });
}

void anObject() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        new ArrayList<String>(parse("-1"));
        wg.done(); // want DoneNotInFinally
    });
}

void inFinally() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        try {
            work();
        } finally {
            wg.done(); // ok: always
        }
    });
}

void byTheGroup() {
    var wg = new WaitGroup();
    wg.go(this::work); // ok: counts down always
}

void nothingBefore() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> wg.done()); // ok: nothing can throw
}

void doneFirst() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        wg.done(); // ok: nothing before it can throw
        work();
    });
}

void inTheMiddle() {
    var begun = new WaitGroup();
    begun.add(1);
    go(() -> {
        work();
        begun.done(); // ok: it says that the goroutine has begun
        work();
    });
}

void safeBefore() {
    var wg = new WaitGroup();
    int[] count = {0};
    wg.add(1);
    go(() -> {
        count[0]++;
        wg.done(); // ok: an increment does not throw
    });
}

void catchesAll() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        try {
            work();
        } catch (Exception e) {
            IO.println(e);
        }
        wg.done(); // ok: exceptions are caught
    });
}

void catchesThrowable() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        try {
            work();
        } catch (Throwable e) {
            IO.println(e);
        }
        wg.done(); // ok: all is caught
    });
}

void onlyChannels(Chan<Integer> out) {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        out.send(1);
        wg.done(); // ok: a send does not throw in a correct program
    });
}

void notAdded(WaitGroup wg) {
    go(() -> {
        work();
        wg.done(); // ok: added elsewhere, perhaps for something else
    });
}

void ofItsOwn() {
    go(() -> {
        var wg = new WaitGroup();
        wg.add(1);
        work();
        wg.done(); // ok: its own group
    });
}

void hello() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        IO.println("hello");
        wg.done(); // ok: printing does not throw
    });
    wg.await();
}

void load() throws java.io.IOException {
    throw new java.io.IOException();
}

void catchesAlternatives() {
    var wg = new WaitGroup();
    wg.add(2);
    go(() -> {
        try {
            load();
        } catch (java.io.IOException | RuntimeException e) {
            IO.println(e);
        }
        wg.done(); // ok: exceptions are caught
    });
    go(() -> {
        try {
            work();
        } catch (RuntimeException | Error e) {
            IO.println(e);
        }
        wg.done(); // ok: all is caught
    });
}

void underALock(Mutex mu, List<Integer> list) {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        try (var _ = mu.lock()) {
            list.add(1);
        }
        wg.done(); // ok: an add does not throw
    });
}

@SuppressWarnings("DoneNotInFinally")
void suppressed() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        work();
        wg.done(); // ok: suppressed
    });
}

void main() {}
