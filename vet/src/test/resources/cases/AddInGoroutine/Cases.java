import static gofer.Go.*;

import module gofer;

final WaitGroup field = new WaitGroup();

void plain() {
    var wg = new WaitGroup();
    go(() -> {
        wg.add(1); // want AddInGoroutine
        wg.done();
    });
    wg.await();
}

void inALoop() {
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        go(() -> {
            wg.add(1); // want AddInGoroutine
            try {
                IO.println("work");
            } finally {
                wg.done();
            }
        });
    }
    wg.await();
}

void named() {
    var wg = new WaitGroup();
    go(
            "worker",
            () -> {
                wg.add(1); // want AddInGoroutine
                wg.done();
            });
}

void ofAField() {
    go(() -> {
        field.add(1); // want AddInGoroutine
        field.done();
    });
}

void withThis() {
    go(() -> {
        this.field.add(1); // want AddInGoroutine
        this.field.done();
    });
}

void severalAtOnce() {
    var wg = new WaitGroup();
    go(() -> {
        wg.add(2); // want AddInGoroutine
        wg.done();
        wg.done();
    });
}

void asAnExpression() {
    var wg = new WaitGroup();
    go(() -> wg.add(1)); // want AddInGoroutine
    wg.await();
}

void ofAParameter(WaitGroup wg) {
    go(() -> {
        wg.add(1); // want AddInGoroutine
        wg.done();
    });
}

void qualified() {
    var wg = new WaitGroup();
    Go.go(() -> {
        wg.add(1); // want AddInGoroutine
        wg.done();
    });
}

void nested() {
    var wg = new WaitGroup();
    go(() -> {
        go(() -> {
            wg.add(1); // want AddInGoroutine
            wg.done();
        });
    });
}

void parenthesized() {
    var wg = new WaitGroup();
    go(
            (() -> {
                wg.add(1); // want AddInGoroutine
                wg.done();
            }));
}

void before() {
    var wg = new WaitGroup();
    wg.add(1); // ok: before the start
    go(() -> wg.done());
    wg.await();
}

void byTheGroup() {
    var wg = new WaitGroup();
    wg.go(() -> IO.println("work")); // ok: counts by itself
    wg.await();
}

void countedByTheGroup() {
    var wg = new WaitGroup();
    wg.go(() -> {
        wg.add(1); // ok: the goroutine itself is counted, so the count is not zero
        go(() -> wg.done());
    });
    wg.await();
}

void insideAGoroutineOfTheGroup() {
    var wg = new WaitGroup();
    wg.go(() -> {
        go(() -> {
            wg.add(1); // ok: started by a goroutine of the group
            wg.done();
        });
    });
}

void ofTheGoroutineItself() {
    go(() -> {
        var wg = new WaitGroup();
        wg.add(1); // ok: only this goroutine waits for it
        go(() -> wg.done());
        wg.await();
    });
}

void beginsWithAGroupOfItsOwn() {
    go(() -> {
        var inner = new WaitGroup();
        inner.add(2); // ok: its own
        for (int i = 0; i < 2; i++) go(() -> inner.done());
        inner.await();
    });
}

void later() {
    var wg = new WaitGroup();
    go(() -> {
        IO.println("work");
        wg.add(1); // ok: not the first statement, so it may be counted otherwise
        wg.done();
    });
}

void forAChild() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> {
        wg.add(1); // ok: the goroutine is counted, and counts its child
        go(() -> wg.done());
        wg.done();
    });
    wg.await();
}

void negative() {
    var wg = new WaitGroup();
    wg.add(1);
    go(() -> wg.add(-1)); // ok: the same as done
    wg.await();
}

void inAnotherLambda(List<Runnable> tasks) {
    var wg = new WaitGroup();
    tasks.add(() -> wg.add(1)); // ok: no goroutine
}

void ofAnErrGroup() {
    var wg = new WaitGroup();
    var group = new ErrGroup();
    group.go(() -> {
        wg.add(1); // ok: the group may be awaited first
        wg.done();
    });
}

void list() {
    var names = new ArrayList<Integer>();
    go(() -> names.add(1)); // ok: no wait group
}

void coordinator(List<Runnable> ws) {
    var wg = new WaitGroup();
    Chan<Integer> done = Chan.make();
    go(() -> {
        wg.add(ws.size()); // ok: the goroutine itself waits
        for (var w : ws) {
            go(() -> {
                try {
                    w.run();
                } finally {
                    wg.done();
                }
            });
        }
        wg.await();
        done.close();
    });
    done.recvOk();
}

void synchronizedBefore() {
    var wg = new WaitGroup();
    Chan<Boolean> started = Chan.make();
    go(() -> {
        wg.add(1); // ok: counted before the receive returns
        started.send(true);
        try {
            IO.println("work");
        } finally {
            wg.done();
        }
    });
    started.recv();
    wg.await();
}

void synchronizedByALoop() {
    var wg = new WaitGroup();
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        wg.add(1); // ok: counted before the loop ends
        numbers.close();
        wg.done();
    });
    for (int n : numbers) IO.println(n);
    wg.await();
}

void sendsAndIsAwaitedAtOnce(Chan<Integer> out) {
    var wg = new WaitGroup();
    go(() -> {
        wg.add(1); // want AddInGoroutine
        out.send(1);
        wg.done();
    });
    wg.await();
}

@SuppressWarnings("AddInGoroutine")
void suppressed() {
    var wg = new WaitGroup();
    go(() -> wg.add(1)); // ok: suppressed
}

void main() {}
