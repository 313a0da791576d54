import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
final Mutex other = new Mutex();
final RWMutex rw = new RWMutex();
int count;

void nested() {
    try (var _ = mu.lock()) {
        try (var _ = mu.lock()) { // want LockTwice
            count++;
        }
    }
}

void statements() {
    mu.lock();
    count++;
    mu.lock(); // want LockTwice
    mu.unlock();
}

void conditional(boolean more) {
    try (var _ = mu.lock()) {
        if (more) {
            mu.lock(); // want LockTwice
            count++;
            mu.unlock();
        }
    }
}

void upgrade() {
    try (var _ = rw.rLock()) {
        try (var _ = rw.lock()) { // want LockTwice
            count++;
        }
    }
}

void downgrade() {
    rw.lock();
    try {
        rw.rLock(); // want LockTwice
        count++;
        rw.rUnlock();
    } finally {
        rw.unlock();
    }
}

void readTwice() {
    try (var _ = rw.rLock()) {
        try (var _ = rw.rLock()) { // want LockTwice
            IO.println(count);
        }
    }
}

void add() {
    try (var _ = mu.lock()) {
        count++;
    }
}

void addByStatements() {
    mu.lock();
    count++;
    mu.unlock();
}

private int read() {
    rw.rLock();
    try {
        return count;
    } finally {
        rw.rUnlock();
    }
}

void callsAMethodThatLocks() {
    try (var _ = mu.lock()) {
        add(); // want LockTwice
    }
}

void callsAnotherMethodThatLocks() {
    mu.lock();
    this.addByStatements(); // want LockTwice
    mu.unlock();
}

int readsWhileReading() {
    try (var _ = rw.rLock()) {
        return read() + 1; // want LockTwice
    }
}

void readsWhileWriting() {
    try (var _ = rw.lock()) {
        count = read(); // want LockTwice
    }
}

void local() {
    var own = new Mutex();
    go(() -> {
        own.lock();
        own.lock(); // want LockTwice
        own.unlock();
    });
}

void ofAParameter(Mutex theirs) {
    try (var _ = theirs.lock()) {
        theirs.lock(); // want LockTwice
        theirs.unlock();
    }
}

void oneAfterTheOther() {
    try (var _ = mu.lock()) {
        count++;
    }
    try (var _ = mu.lock()) { // ok: unlocked before
        count++;
    }
}

void unlockedBefore() {
    mu.lock();
    count++;
    mu.unlock();
    mu.lock(); // ok: unlocked before
    count++;
    mu.unlock();
}

void two() {
    try (var _ = mu.lock()) {
        try (var _ = other.lock()) { // ok: another lock
            count++;
        }
    }
}

void inAnotherGoroutine() {
    try (var _ = mu.lock()) {
        go(() -> {
            try (var _ = mu.lock()) { // ok: another goroutine
                count++;
            }
        });
    }
}

void tried() {
    try (var _ = mu.lock()) {
        if (mu.tryLock()) mu.unlock(); // ok: does not wait
    }
}

record Account(Mutex mu) {}

void transfer(Account from, Account to) {
    try (var _ = from.mu.lock()) {
        try (var _ = to.mu.lock()) { // ok: another object's lock
            count++;
        }
    }
}

void reassigned(List<Mutex> all) {
    Mutex current = all.get(0);
    current.lock();
    current = all.get(1);
    current.lock(); // ok: another one
    current.unlock();
}

void ofAList(List<Mutex> all) {
    all.get(0).lock();
    all.get(1).lock(); // ok: not a variable
}

void addUnless(boolean held) {
    if (!held) mu.lock();
    count++;
    if (!held) mu.unlock();
}

void conditionallyLocked() {
    try (var _ = mu.lock()) {
        addUnless(true); // ok: it locks only sometimes
    }
}

void returnsBefore() {
    if (count > 3) return;
    try (var _ = mu.lock()) {
        count++;
    }
}

void mayReturnBefore() {
    try (var _ = mu.lock()) {
        returnsBefore(); // ok: it may return before it locks
    }
}

void unlockedForACall() {
    mu.lock();
    count++;
    mu.unlock();
    add(); // ok: not held
}

void twoReaders(RWMutex a, RWMutex b) {
    try (var _ = a.rLock()) {
        try (var _ = b.rLock()) { // ok: another lock
            count++;
        }
    }
}

static class Base {
    private final Mutex mu = new Mutex();

    void hook() {
        try (var _ = mu.lock()) {
            IO.println("base");
        }
    }

    void template() {
        try (var _ = mu.lock()) {
            hook(); // ok: a subclass may override it
        }
    }
}

void handOver() {
    var gate = new Mutex();
    gate.lock();
    go(() -> gate.unlock());
    gate.lock(); // ok: another goroutine unlocks
}

void view(RWMutex own) {
    Locker reading = own.rLocker();
    reading.lock();
    reading.lock(); // ok: a view may lock for reading
    reading.unlock();
    reading.unlock();
}

void bothResources() {
    try (var _ = mu.lock();
            var _ = mu.lock()) { // want LockTwice
        count++;
    }
}

static class Pauses {
    private final Mutex mu = new Mutex();
    private int count;

    private void pause() {
        mu.unlock();
        gosched();
        mu.lock();
    }

    void pauses() {
        try (var _ = mu.lock()) {
            count++;
            pause(); // ok: it unlocks before it locks
        }
    }
}

static class Releases {
    private final Mutex mu = new Mutex();

    private void release() {
        mu.unlock();
    }

    private void releaseAndLock() {
        release();
        mu.lock();
    }

    void releases() {
        mu.lock();
        release();
        mu.lock(); // ok: the helper has unlocked
        releaseAndLock(); // ok: another helper does
        mu.unlock();
    }
}

void passesOn(Mutex own, Consumer<Mutex> user) {
    own.lock();
    user.accept(own);
    own.lock(); // ok: the consumer may unlock
    own.unlock();
}

static class Node {
    final Mutex mu = new Mutex();

    private void reset() {
        try (var _ = mu.lock()) {
            IO.println("reset");
        }
    }

    int value() {
        return 0;
    }

    Node sum() {
        return new Node() {
            @Override
            int value() {
                try (var _ = Node.this.mu.lock()) {
                    try (var _ = mu.lock()) { // ok: the lock of the inner node
                        return 1;
                    }
                }
            }

            int outer() {
                try (var _ = mu.lock()) {
                    Node.this.reset(); // ok: the lock of the outer node
                    reset(); // ok: the lock of the outer node, too
                    return 1;
                }
            }
        };
    }
}

@SuppressWarnings("LockTwice")
void suppressed() {
    try (var _ = mu.lock()) {
        add(); // ok: suppressed
    }
}

void main() {}
