import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
final Cond changed = new Cond(mu);
boolean ready;

void plain() {
    try (var _ = mu.lock()) {
        IO.println("waiting");
        changed.await(); // want AwaitNotInLoop
    }
}

void ifOnly() {
    try (var _ = mu.lock()) {
        if (!ready) changed.await(); // want AwaitNotInLoop
    }
}

void ifBlock() {
    mu.lock();
    if (!ready) {
        changed.await(); // want AwaitNotInLoop
    }
    mu.unlock();
}

void withContext(Context ctx) {
    mu.lock();
    changed.await(ctx); // want AwaitNotInLoop
    mu.unlock();
}

void inAGoroutine() {
    go(() -> {
        try (var _ = mu.lock()) {
            changed.await(); // want AwaitNotInLoop
            ready = false;
        }
    });
}

void loopOutsideTheGoroutine() {
    for (int i = 0; i < 3; i++) {
        go(() -> {
            mu.lock();
            changed.await(); // want AwaitNotInLoop
            mu.unlock();
        });
    }
}

void ofAParameter(Cond cond, Mutex theirs) {
    theirs.lock();
    cond.await(); // want AwaitNotInLoop
    theirs.unlock();
}

void twice() {
    mu.lock();
    changed.await(); // want AwaitNotInLoop
    changed.await(); // want AwaitNotInLoop
    mu.unlock();
}

void afterALoop() {
    mu.lock();
    while (ready) IO.println("ready");
    changed.await(); // want AwaitNotInLoop
    mu.unlock();
}

void inASwitch(int n) {
    mu.lock();
    switch (n) {
        case 0 -> changed.await(); // want AwaitNotInLoop
        default -> {}
    }
    mu.unlock();
}

void local() {
    var own = new Mutex();
    var cond = new Cond(own);
    own.lock();
    cond.await(); // want AwaitNotInLoop
    own.unlock();
}

void whileLoop() {
    try (var _ = mu.lock()) {
        while (!ready) changed.await(); // ok
    }
}

void whileBlock() {
    try (var _ = mu.lock()) {
        while (!ready) {
            changed.await(); // ok
        }
    }
}

void doWhile() {
    try (var _ = mu.lock()) {
        do {
            changed.await(); // ok: checked after each wait
        } while (!ready);
    }
}

void forLoop() {
    try (var _ = mu.lock()) {
        for (; !ready; ) changed.await(); // ok
    }
}

void endless() {
    try (var _ = mu.lock()) {
        while (true) {
            if (ready) break;
            changed.await(); // ok
        }
    }
}

void withAContext(Context ctx) {
    try (var _ = mu.lock()) {
        while (!ready) changed.await(ctx); // ok
    }
}

void inner() {
    go(() -> {
        try (var _ = mu.lock()) {
            while (!ready) changed.await(); // ok
        }
    });
}

void pause() {
    changed.await(); // ok: the callers have the loop
}

void paused() {
    try (var _ = mu.lock()) {
        while (!ready) pause(); // ok
    }
}

void ofAWaitGroup() {
    var wg = new WaitGroup();
    wg.await(); // ok: not a condition
}

void ofASelect() {
    new Select().await(); // ok: not a condition
}

void ofJava(java.util.concurrent.locks.Condition c) throws InterruptedException {
    c.await(); // ok: not Gofer's
}

void inAForLoopWithIf() {
    try (var _ = mu.lock()) {
        for (int i = 0; i < 3; i++) {
            if (!ready) changed.await(); // ok: in a loop
        }
    }
}

int waiting;

void waitForChange() {
    waiting++;
    changed.await(); // ok: the caller has the loop
    waiting--;
}

void awaitLogged(String text) {
    IO.println(text);
    changed.await(); // ok: the caller has the loop
}

void waitCounted(Mutex stats) {
    stats.lock();
    waiting++;
    changed.await(); // ok: the caller holds the lock of the condition
    stats.unlock();
}

void until(BooleanSupplier condition, Runnable wait) {
    while (!condition.getAsBoolean()) wait.run();
}

void byALambda() {
    try (var _ = mu.lock()) {
        until(
                () -> ready,
                () -> {
                    changed.await(); // ok: the loop is in `until`
                });
    }
}

void recursive() {
    if (ready) return;
    changed.await(); // ok: the recursion is a loop
    recursive();
}

void recursiveWithLock() {
    try (var _ = mu.lock()) {
        if (ready) return;
        changed.await(); // ok: the recursion is a loop
    }
    recursiveWithLock();
}

@SuppressWarnings("AwaitNotInLoop")
void suppressed() {
    mu.lock();
    changed.await(); // ok: suppressed
    mu.unlock();
}

void main() {}
