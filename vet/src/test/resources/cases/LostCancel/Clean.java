// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

final Duration second = Duration.ofSeconds(1);

void work() {}

void work(Context ctx) {}

int poll(Context parent, RecvChan<Integer> in) {
    var ctx = parent.withTimeout(second); // ok: it waits for the end
    int n = 0;
    while (true) {
        switch (select(in, ctx.done())) {
            case First(_) -> n++;
            case Second(_) -> {
                return n;
            }
        }
    }
}

void untilDone(Context parent) {
    var ctx = parent.withTimeout(second); // ok: it runs until the end
    while (!ctx.isDone()) work();
}

void ranges(Context parent) {
    var ctx = parent.withTimeout(second); // ok: it waits for the end
    for (var _ : ctx.done()) {}
}

void selects(Context parent) {
    var ctx = parent.withTimeout(second); // ok: it waits for the end
    select(ctx.done());
}

void doneChannel(Context parent) {
    var ctx = parent.withTimeout(second); // ok: it waits for the end
    var done = ctx.done();
    done.recvOk();
}

void untilTheException(Context parent, RecvChan<Integer> in) {
    var ctx = parent.withTimeout(second); // ok: it runs until the end
    try {
        while (true) in.recv(ctx);
    } catch (DeadlineExceededException e) {
        IO.println("done");
    }
}

void waitsForAGoroutine(Context parent) {
    var ctx = parent.withTimeout(second); // ok: the goroutine may run until the end
    var wg = new WaitGroup();
    wg.go(() -> work(ctx));
    wg.await();
}

void derived() {
    try (var outer = Context.background().withCancel()) {
        Context value = outer.withValue("key", 1);
        var child = value.withTimeout(second); // ok: ends with the outer one
        work(child);
        var other = value.withCancel(); // ok: ends with the outer one
        work(other);
    }
}

void alias() {
    try (var root = Context.background().withCancel()) {
        Context base = root;
        var ctx = base.withCancel(); // ok: ends with the outer one
        work(ctx);
    }
}

void ofAGroup(Context parent) throws Exception {
    var group = ErrGroup.withContext(parent);
    var ctx = group.context().withCancel(); // ok: ends with the group
    group.go(() -> work(ctx));
    group.await();
}

Context returned(Context parent) {
    return parent.withTimeout(second).withValue("user", 1); // ok: the caller has it
}

Context returnedWithAValue(Context parent) {
    var ctx = parent.withCancel(); // ok: the caller has it
    return ctx.withValue("user", 1);
}

Context returnedValue(Context parent) {
    var ctx = parent.withCancel().withValue("user", 1); // ok: the caller has it
    return ctx;
}

static final class Worker implements AutoCloseable {
    Worker(Context ctx) {}

    void run(Context ctx) {}

    @Override
    public void close() {}
}

Worker kept;

void ofAResource(Context parent) {
    try (var worker = new Worker(parent.withCancel())) { // ok: the worker may cancel it
        IO.println(worker);
    }
}

void ofAField(Context parent) {
    var ctx = parent.withCancel(); // ok: the worker may cancel it
    kept = new Worker(ctx);
}

void byAMethod(Context parent, Worker worker) {
    var ctx = parent.withCancel(); // ok: the worker may cancel it
    worker.run(ctx);
}

void main() {}
