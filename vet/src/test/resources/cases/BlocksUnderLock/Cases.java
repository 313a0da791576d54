import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
final RWMutex rw = new RWMutex();
final Cond changed = new Cond(mu);
boolean ready;

void send(Chan<Integer> out) {
    try (var _ = mu.lock()) {
        out.send(1); // want BlocksUnderLock
    }
}

int recv(Chan<Integer> in) {
    try (var _ = mu.lock()) {
        return in.recv(); // want BlocksUnderLock
    }
}

void recvOk(Chan<Integer> in) {
    mu.lock();
    in.recvOk(); // want BlocksUnderLock
    mu.unlock();
}

void selects(Chan<Integer> in, Chan<Integer> out) {
    try (var _ = mu.lock()) {
        select(in, out); // want BlocksUnderLock
    }
}

void sleeps() {
    try (var _ = mu.lock()) {
        sleep(Duration.ofSeconds(1)); // want BlocksUnderLock
    }
}

void waits(WaitGroup wg) {
    try (var _ = mu.lock()) {
        wg.await(); // want BlocksUnderLock
    }
}

void waitsForAGroup(ErrGroup group) throws Exception {
    try (var _ = mu.lock()) {
        group.await(); // want BlocksUnderLock
    }
}

void acquires(Weighted tokens) {
    try (var _ = mu.lock()) {
        tokens.acquire(1).close(); // want BlocksUnderLock
    }
}

void whileReading(Chan<Integer> out) {
    try (var _ = rw.rLock()) {
        out.send(1); // want BlocksUnderLock
    }
}

void inFinallyForm(Chan<Integer> out) {
    mu.lock();
    try {
        out.send(1); // want BlocksUnderLock
    } finally {
        mu.unlock();
    }
}

void conditional(Chan<Integer> out, boolean more) {
    try (var _ = mu.lock()) {
        if (more) out.send(1); // want BlocksUnderLock
    }
}

void dynamic(Select select) {
    try (var _ = mu.lock()) {
        select.await(); // want BlocksUnderLock
    }
}

void after(Chan<Integer> out) {
    try (var _ = mu.lock()) {
        ready = true;
    }
    out.send(1); // ok: after the section
}

void afterUnlock(Chan<Integer> out) {
    mu.lock();
    ready = true;
    mu.unlock();
    out.send(1); // ok: after the section
}

void before(Chan<Integer> in) {
    int n = in.recv(); // ok: before the section
    try (var _ = mu.lock()) {
        ready = n > 0;
    }
}

void tries(Chan<Integer> out) {
    try (var _ = mu.lock()) {
        out.trySend(1); // ok: does not wait
        out.tryRecv(); // ok: does not wait
        trySelect(out); // ok: does not wait
        out.close(); // ok: does not wait
    }
}

void waitsForTheCondition() {
    try (var _ = mu.lock()) {
        while (!ready) changed.await(); // ok: it unlocks while it waits
    }
}

void inAGoroutine(Chan<Integer> out) {
    try (var _ = mu.lock()) {
        go(() -> out.send(1)); // ok: another goroutine
    }
}

void starts(WaitGroup wg) {
    try (var _ = mu.lock()) {
        wg.go(() -> {}); // ok: does not wait
        wg.add(1); // ok: does not wait
    }
}

void unlocked(Chan<Integer> out) {
    out.send(1); // ok: no lock
}

@SuppressWarnings("BlocksUnderLock")
void suppressed(Chan<Integer> out) {
    try (var _ = mu.lock()) {
        out.send(1); // ok: suppressed
    }
}

void main() {}
