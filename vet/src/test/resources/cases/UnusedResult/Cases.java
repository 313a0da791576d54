import static gofer.Go.*;

import module gofer;

void errors(Chan<Integer> chan, SendChan<Integer> out, RecvChan<Integer> in, Context ctx) {
    chan.sending(1); // want UnusedResult
    out.sending(2); // want UnusedResult
    chan.when(true); // want UnusedResult
    in.when(false); // want UnusedResult
    after(Duration.ofSeconds(1)); // want UnusedResult
    Go.after(Duration.ofSeconds(1)); // want UnusedResult
    tick(Duration.ofSeconds(1)); // want UnusedResult
    ctx.withCancel(); // want UnusedResult
    ctx.withTimeout(Duration.ofSeconds(1)); // want UnusedResult
    ctx.withDeadline(Instant.MAX); // want UnusedResult
    ctx.withValue("key", 1); // want UnusedResult
    ctx.withoutCancel(); // want UnusedResult
    Context.merge(ctx, ctx); // want UnusedResult
    ctx.done(); // want UnusedResult
    Context.background(); // want UnusedResult
    Once.func(() -> {}); // want UnusedResult
    Once.value(() -> 1); // want UnusedResult
}

void warnings(Mutex mu, RWMutex rw, Weighted tokens) {
    mu.tryLock(); // want UnusedResult
    rw.tryLock(); // want UnusedResult
    rw.tryRLock(); // want UnusedResult
    rw.rLocker(); // want UnusedResult
    tokens.tryAcquire(1); // want UnusedResult
}

void inLambdas(Chan<Integer> chan, Context ctx) {
    go(() -> chan.sending(1)); // want UnusedResult
    Runnable r = () -> after(Duration.ofSeconds(1)); // want UnusedResult
    (new WaitGroup()).go(() -> ctx.withCancel()); // want UnusedResult
}

void idioms(Chan<Integer> chan, Alarm alarm, RecvChan<Integer> in) {
    chan.trySend(1); // ok: a lossy send
    chan.tryRecv(); // ok: empties the channel
    select(chan, in); // ok: waits for one of them
    trySelect(chan.sending(1)); // ok: a lossy send
    chan.recv(); // ok: waits
    chan.recvOk(); // ok: waits
    alarm.reset(Duration.ofSeconds(1)); // ok
    alarm.stop(); // ok
    go(() -> {}); // ok
    afterFunc(Duration.ofSeconds(1), () -> {}); // ok
    chan.len(); // ok: not on the list
}

void used(Chan<Integer> chan, Context ctx, Mutex mu) {
    var arm = chan.sending(1); // ok: used
    select(arm); // ok
    var _ = after(Duration.ofSeconds(1)); // ok: thrown away on purpose
    if (mu.tryLock()) mu.unlock(); // ok: checked
    ctx.done().recvOk(); // ok: waits
    Supplier<Integer> once = Once.value(() -> 1); // ok
    Callable<Object> task = () -> ctx.withValue("key", 1); // ok: returned
    Supplier<Arm<Sent>> lambda = () -> chan.sending(1); // ok: returned
}

@SuppressWarnings("UnusedResult")
void suppressed(Mutex mu) {
    mu.tryLock(); // ok: suppressed
}

void main() {}
