import static gofer.Go.*;

import module gofer;

final Mutex leaked = new Mutex();
final Mutex mu = new Mutex();
final RWMutex rw = new RWMutex();
int count;

void work() {
    count++;
}

void nothingUnlocks() {
    leaked.lock(); // want LockLeak
    count++;
}

void local() {
    var own = new Mutex();
    go(() -> {
        own.lock(); // want LockLeak
        work();
    });
    go(() -> {
        own.lock(); // want LockLeak
        work();
    });
}

void readers() {
    var own = new RWMutex();
    go(() -> {
        own.rLock(); // want LockLeak
        work();
    });
    go(() -> {
        own.lock();
        own.unlock();
    });
}

void permits() {
    var tokens = new Weighted(2);
    for (int i = 0; i < 3; i++) {
        go(() -> {
            tokens.acquire(1); // want LockLeak
            work();
        });
    }
}

int earlyReturn(boolean empty) {
    mu.lock();
    if (empty) return 0; // want LockLeak
    int n = count;
    mu.unlock();
    return n;
}

int earlyReturnOfAReader(boolean empty) {
    rw.rLock();
    if (empty) {
        return 0; // want LockLeak
    }
    int n = count;
    rw.rUnlock();
    return n;
}

void throwing() {
    mu.lock(); // want LockLeak
    work();
    mu.unlock();
}

void throwingReader() {
    rw.rLock(); // want LockLeak
    work();
    rw.rUnlock();
}

void division(int n) {
    mu.lock(); // want LockLeak
    count = 100 / n;
    mu.unlock();
}

void callback(Runnable r) {
    mu.lock(); // want LockLeak
    r.run();
    mu.unlock();
}

void parsing(String text) {
    mu.lock(); // want LockLeak
    count = Integer.parseInt(text);
    mu.unlock();
}

void aThrow(boolean bad) {
    mu.lock(); // want LockLeak
    if (bad) throw new IllegalStateException();
    mu.unlock();
}

void permitsKept(Weighted tokens, int n) {
    tokens.acquire(1); // want LockLeak
    count = 100 / n;
    tokens.release(1);
}

void unlockedTwice() {
    try (var _ = mu.lock()) {
        count++;
        mu.unlock(); // want LockLeak
    }
}

void unlockedTwiceOnAWayOut(boolean empty) {
    try (var _ = rw.rLock()) {
        if (empty) {
            rw.rUnlock(); // want LockLeak
            return;
        }
        count++;
    }
}

void resource() {
    try (var _ = mu.lock()) { // ok
        work();
    }
}

void inFinally() {
    mu.lock(); // ok
    try {
        work();
    } finally {
        mu.unlock();
    }
}

int returnInFinally(boolean empty) {
    mu.lock(); // ok
    try {
        if (empty) return 0;
        return count;
    } finally {
        mu.unlock();
    }
}

void nothingThrows() {
    mu.lock(); // ok: an increment does not throw
    count++;
    mu.unlock();
}

int unlockedOnEachWay(boolean empty) {
    mu.lock(); // ok: unlocked before the return
    if (empty) {
        mu.unlock();
        return 0;
    }
    count++;
    mu.unlock();
    return count;
}

void safeCalls(List<Integer> list) {
    mu.lock(); // ok: these do not throw
    list.add(list.size());
    IO.println("added");
    mu.unlock();
}

Held handedOver() {
    return mu.lock(); // ok: the caller unlocks
}

void parameter(Mutex theirs) {
    theirs.lock(); // ok: the caller may unlock
    work();
}

void kept() {
    Held held = leaked.lock(); // ok: the result is kept
    work();
    held.close();
}

void released() {
    try {
        mu.lock(); // ok: the finally of an outer try
        work();
        mu.unlock();
    } finally {
        if (count > 3) mu.unlock();
    }
}

void otherGoroutine() {
    var gate = new Mutex();
    gate.lock(); // ok: unlocked by the goroutine
    go(() -> gate.unlock());
    gate.lock();
}

void methodReference() {
    var gate = new Mutex();
    gate.lock(); // ok: unlocked by a reference
    go(gate::unlock);
}

void temporarily() {
    try (var _ = mu.lock()) { // ok: unlocked for a while
        count++;
        mu.unlock();
        work();
        mu.lock();
    }
}

void probe() {
    var gate = new RWMutex();
    go(() -> gate.lock()); // ok: nothing comes after it
}

void semaphoreAsALatch() {
    var all = new Weighted(3);
    for (int i = 0; i < 3; i++) {
        go(() -> {
            try (var _ = all.acquire(1)) {
                work();
            }
        });
    }
    try (var _ = all.acquire(3)) { // ok
        work();
    }
}

void tried() {
    if (mu.tryLock()) { // ok: not a lock
        work();
        mu.unlock();
    }
}

@SuppressWarnings("LockLeak")
void suppressed() {
    mu.lock(); // ok: suppressed
    work();
    mu.unlock();
}

void main() {}
