import static gofer.Go.*;

import module gofer;

CancelContext kept;

void work(Context ctx) {}

void keep(CancelContext ctx) {}

void waitFor(Cancellation ctx) {}

void all(String name, Context... contexts) {}

record Job(Context ctx) {}

record Owner(CancelContext ctx) {}

void plain(Context parent) {
    var ctx = parent.withCancel(); // want LostCancel
    work(ctx);
}

void timeout(Context parent) {
    var ctx = parent.withTimeout(Duration.ofSeconds(1)); // want LostCancel
    work(ctx);
}

void deadline(Context parent) {
    CancelContext ctx = parent.withDeadline(Instant.now()); // want LostCancel
    work(ctx);
}

void declaredAsContext(Context parent) {
    Context ctx = parent.withCancel(); // want LostCancel
    work(ctx);
}

void merged(Context one, Context two) {
    var ctx = Context.merge(one, two); // want LostCancel
    work(ctx);
}

void mergedWithOneThatEnds(Context one, Context two) {
    try (var limited = two.withTimeout(Duration.ofSeconds(1))) {
        work(Context.merge(one, limited)); // ok: `limited` ends
    }
}

void mergedAndClosed(Context one, Context two) {
    try (var ctx = Context.merge(one, two)) { // ok
        work(ctx);
    }
}

void captured(Context parent) {
    var ctx = parent.withCancel(); // want LostCancel
    go(() -> work(ctx));
}

void inASelect(Context parent, Chan<Integer> in) {
    var ctx = parent.withCancel(); // want LostCancel
    select(in, ctx.done());
}

void inline(Context parent) {
    work(parent.withCancel()); // want LostCancel
}

void inlineTimeout(Chan<Integer> in, Context parent) {
    in.recv(parent.withTimeout(Duration.ofSeconds(1))); // want LostCancel
}

void chained(Context parent) {
    work(parent.withCancel().withValue("key", 1)); // want LostCancel
}

void inARecord(Context parent) {
    var ctx = parent.withCancel(); // want LostCancel
    var job = new Job(ctx);
    IO.println(job);
}

void asVarargs(Context parent) {
    var ctx = parent.withCancel(); // want LostCancel
    all("both", parent, ctx);
}

void asCancellation(Context parent) {
    var ctx = parent.withCancel(); // want LostCancel
    waitFor(ctx);
}

void onlyCompared(Context parent) {
    var ctx = parent.withCancel(); // want LostCancel
    if (ctx == parent) IO.println("same");
}

void assignedLater(Context parent) {
    CancelContext ctx;
    ctx = parent.withCancel(); // want LostCancel
    work(ctx);
}

void resource(Context parent) {
    try (var ctx = parent.withCancel()) { // ok: closed
        work(ctx);
    }
}

void cancelled(Context parent) {
    var ctx = parent.withCancel(); // ok: cancelled
    work(ctx);
    ctx.cancel();
}

void closed(Context parent) {
    var ctx = parent.withCancel(); // ok: closed
    try {
        work(ctx);
    } finally {
        ctx.close();
    }
}

CancelContext returned(Context parent) {
    var ctx = parent.withCancel(); // ok: the caller has it
    work(ctx);
    return ctx;
}

CancelContext returnedAtOnce(Context parent) {
    return parent.withCancel(); // ok: the caller has it
}

void stored(Context parent) {
    var ctx = parent.withCancel(); // ok: stored
    kept = ctx;
}

void inACollection(Context parent, List<CancelContext> all) {
    var ctx = parent.withCancel(); // ok: stored
    all.add(ctx);
}

void passedOn(Context parent) {
    var ctx = parent.withCancel(); // ok: the other method may cancel it
    keep(ctx);
}

void owned(Context parent) {
    var ctx = parent.withCancel(); // ok: the owner may cancel it
    IO.println(new Owner(ctx));
}

void cancelledInALambda(Context parent) {
    var ctx = parent.withCancel(); // ok: the goroutine cancels
    go(() -> ctx.cancel());
}

void asAMethodReference(Context parent) {
    var ctx = parent.withCancel(); // ok: cancelled at shutdown
    Runtime.getRuntime().addShutdownHook(new Thread(ctx::cancel));
}

void resourceLater(Context parent) {
    var ctx = parent.withCancel(); // ok: closed
    try (ctx) {
        work(ctx);
    }
}

void awaited(Context parent) {
    var ctx = parent.withTimeout(Duration.ofSeconds(1)); // ok: it waits for the end
    ctx.done().recvOk();
}

void child(Context parent) {
    try (var outer = parent.withCancel()) {
        var inner = outer.withCancel(); // ok: ends with the outer one
        work(inner);
    }
}

void expired(Context parent) {
    var ctx = parent.withTimeout(Duration.ZERO); // ok: it is over at once
    work(ctx);
}

void alias(Context parent) {
    var ctx = parent.withCancel(); // ok: the alias may cancel it
    var same = ctx;
    same.cancel();
}

void value(Context parent) {
    var ctx = parent.withValue("key", 1); // ok: nothing to cancel
    work(ctx);
}

@SuppressWarnings("LostCancel")
void suppressed(Context parent) {
    work(parent.withCancel()); // ok: suppressed
}

void suppressedOnTheVariable(Context parent) {
    @SuppressWarnings({"unused", "LostCancel"})
    var ctx = parent.withCancel(); // ok: suppressed
}

void main() {}
