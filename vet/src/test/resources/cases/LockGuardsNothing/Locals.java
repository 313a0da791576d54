import static gofer.Go.*;

import module gofer;

int count;
final Mutex field = new Mutex();

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

void reader() {
    var rw = new RWMutex(); // want LockGuardsNothing
    try (var _ = rw.rLock()) {
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
    try (var _ = field.lock()) {} // want LockGuardsNothing
    count++;
}

void emptySection() {
    field.lock(); // want LockGuardsNothing
    field.unlock();
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
        field.lock(); // want LockGuardsNothing
        field.unlock();
    });
    field.unlock();
    field.lock(); // ok: waits for the others
    field.unlock();
}

@SuppressWarnings("LockGuardsNothing")
void suppressed() {
    try (var _ = field.lock()) {} // ok: suppressed
}

void main() {}
