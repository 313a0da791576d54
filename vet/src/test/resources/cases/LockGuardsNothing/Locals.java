import static gofer.Go.*;

import module gofer;

int count;
final Mutex field = new Mutex();
final Mutex empty = new Mutex();

void plain() {
    var mu = new Mutex(); // want LockGuardsNothing
    try (var _ = mu.lock()) {
        count++;
    }
}

void statements() {
    Mutex mu = new Mutex(); // want LockGuardsNothing
    mu.lock();
    count++;
    mu.unlock();
}

void readerOfItsOwn() {
    var own = new RWMutex(); // want LockGuardsNothing
    try (var _ = own.rLock()) {
        IO.println(count);
    }
}

void inALoop() {
    for (int i = 0; i < 3; i++) {
        var mu = new Mutex(); // want LockGuardsNothing
        try (var _ = mu.lock()) {
            count++;
        }
    }
}

void inAGoroutine() {
    go(() -> {
        var mu = new Mutex(); // want LockGuardsNothing
        try (var _ = mu.lock()) {
            count++;
        }
    });
}

void emptyResource() {
    try (var _ = empty.lock()) {} // want LockGuardsNothing
    count++;
}

void emptySection() {
    empty.lock(); // want LockGuardsNothing
    empty.unlock();
    count++;
}

void captured() {
    var mu = new Mutex(); // ok: goroutines share it
    for (int i = 0; i < 3; i++) {
        go(() -> {
            try (var _ = mu.lock()) {
                count++;
            }
        });
    }
}

void passedOn(Consumer<Mutex> user) {
    var mu = new Mutex(); // ok: others have it
    user.accept(mu);
    try (var _ = mu.lock()) {
        count++;
    }
}

void forACondition() {
    var mu = new Mutex(); // ok: the condition has it
    var cond = new Cond(mu);
    go(() -> cond.signal());
    try (var _ = mu.lock()) {
        while (count == 0) cond.await();
    }
}

Mutex returned() {
    var mu = new Mutex(); // ok: the caller has it
    mu.lock();
    return mu;
}

void borrowed() {
    Mutex mu = field; // ok: not new
    try (var _ = mu.lock()) {
        count++;
    }
}

void unused() {
    var mu = new Mutex(); // ok: never locked
}

void barrier() {
    field.lock();
    go(() -> {
        field.lock(); // ok: waits for the others
        field.unlock();
    });
    field.unlock();
    field.lock(); // ok: waits for the others
    field.unlock();
}

final RWMutex rw = new RWMutex();
boolean closed;

void reader() {
    try (var _ = rw.rLock()) {
        if (!closed) count++;
    }
}

void close() {
    closed = true;
    rw.lock(); // ok: waits for the readers
    rw.unlock();
}

final Mutex gate = new Mutex();

void shut() {
    gate.lock();
}

void open() {
    gate.unlock();
}

void pass() {
    gate.lock(); // ok: waits until the gate is open
    gate.unlock();
}

final Mutex out = new Mutex();

Held flush() {
    return field.lock();
}

void codeInAResource() {
    try (var _ = out.lock(); // ok: the second resource is the code
            var _ = flush()) {}
}

@SuppressWarnings("LockGuardsNothing")
void suppressed() {
    try (var _ = empty.lock()) {} // ok: suppressed
}

void main() {}
