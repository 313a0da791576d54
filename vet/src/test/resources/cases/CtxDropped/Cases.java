import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
final Cond changed = new Cond(mu);
boolean ready;

void send(Context ctx, Chan<Integer> out) {
    out.send(1); // want CtxDropped
}

int recv(Context ctx, Chan<Integer> in) {
    return in.recv(); // want CtxDropped
}

void recvOk(Context ctx, Chan<Integer> in) {
    in.recvOk(); // want CtxDropped
}

void await(Context ctx, WaitGroup wg) {
    wg.await(); // want CtxDropped
}

void await(Context ctx) {
    try (var _ = mu.lock()) {
        while (!ready) changed.await(); // want CtxDropped
    }
}

void acquire(Context ctx, Weighted tokens) {
    try (var _ = tokens.acquire(1)) { // want CtxDropped
        IO.println("work");
    }
}

void background(Context ctx, Chan<Integer> out) {
    out.send(Context.background(), 1); // want CtxDropped
}

void todo(Context ctx) {
    try (var own = Context.todo().withCancel()) { // want CtxDropped
        IO.println(own);
    }
}

void ofACancelContext(CancelContext ctx, Chan<Integer> out) {
    out.send(1); // want CtxDropped
}

void ofACancellation(gofer.goroutine.Cancellation ctx, Chan<Integer> out) {
    out.send(1); // want CtxDropped
}

void inAGoroutine(Context ctx, Chan<Integer> out) {
    go(() -> out.send(1)); // want CtxDropped
}

void dynamic(Context ctx, Chan<Integer> in) {
    var select = new Select();
    select.recv(in);
    select.await(); // want CtxDropped
}

void passes(Context ctx, Chan<Integer> out) {
    out.send(ctx, 1); // ok
}

int receives(Context ctx, Chan<Integer> in) {
    return in.recv(ctx); // ok
}

void waits(Context ctx, WaitGroup wg) {
    wg.await(ctx); // ok
}

void acquires(Context ctx, Weighted tokens) {
    try (var _ = tokens.acquire(ctx, 1)) { // ok
        IO.println("work");
    }
}

void none(Chan<Integer> out) {
    out.send(1); // ok: no context
}

void done(Context ctx) {
    ctx.done().recvOk(); // ok: the context itself
}

void tries(Context ctx, Chan<Integer> out) {
    out.trySend(1); // ok: does not wait
}

void selects(Context ctx, Chan<Integer> out) {
    select(out.sending(1), ctx.done()); // ok: the context is an arm
}

void locks(Context ctx) {
    try (var _ = mu.lock()) { // ok: locks are short
        ready = true;
    }
}

void closes(Context ctx, Chan<Integer> out) {
    out.close(); // ok: does not wait
}

void derives(Context ctx) {
    try (var own = ctx.withCancel()) { // ok: derived
        IO.println(own);
    }
}

void roots() {
    IO.println(Context.background()); // ok: no context
}

@SuppressWarnings("CtxDropped")
void suppressed(Context ctx, Chan<Integer> out) {
    out.send(1); // ok: suppressed
}

void main() {}
