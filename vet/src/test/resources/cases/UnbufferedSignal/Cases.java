import static gofer.Go.*;

import module gofer;

final Chan<Signal> field = Chan.make();
private Chan<Signal> neverAssigned = Chan.make();
private Chan<Signal> assigned = Chan.make();
final Chan<Signal> buffered = Chan.make(1);

void local() {
    Chan<Signal> signals = Chan.make();
    Signals.notify(signals, Signal.SIGINT); // want UnbufferedSignal
}

void zero() {
    Chan<Signal> signals = Chan.make(0);
    Signals.notify(signals, Signal.SIGINT, Signal.SIGTERM); // want UnbufferedSignal
}

void named() {
    Chan<Signal> signals = Chan.named("signals", 0);
    Signals.notify(signals, Signal.SIGHUP); // want UnbufferedSignal
}

void direct() {
    Signals.notify(Chan.make(), Signal.SIGINT); // want UnbufferedSignal
}

void withTypeArgument() {
    Signals.notify(Chan.<Signal>make(), Signal.SIGINT); // want UnbufferedSignal
}

void inParentheses() {
    var signals = (Chan.<Signal>make());
    Signals.notify((signals), Signal.SIGINT); // want UnbufferedSignal
}

void ofAField() {
    Signals.notify(field, Signal.SIGINT); // want UnbufferedSignal
    Signals.notify(this.field, Signal.SIGTERM); // want UnbufferedSignal
}

void ofAFieldThatIsNotAssigned() {
    Signals.notify(neverAssigned, Signal.SIGINT); // want UnbufferedSignal
}

void inAGoroutine() {
    Chan<Signal> signals = Chan.make();
    go(() -> Signals.notify(signals, Signal.SIGINT)); // want UnbufferedSignal
}

void withASelect() {
    Chan<Signal> signals = Chan.make();
    Signals.notify(signals, Signal.SIGUSR1); // want UnbufferedSignal
    var _ = select(signals, after(Duration.ofSeconds(1)));
}

void ofASupertype() {
    Chan<Object> everything = Chan.make();
    Signals.notify(everything, Signal.SIGUSR1); // want UnbufferedSignal
}

void buffer() {
    Chan<Signal> signals = Chan.make(1);
    Signals.notify(signals, Signal.SIGINT); // ok
    Signals.notify(buffered, Signal.SIGINT); // ok
    Signals.notify(Chan.make(2), Signal.SIGINT); // ok
    Signals.notify(Chan.named("signals", 1), Signal.SIGINT); // ok
}

void unbounded() {
    Chan<Signal> signals = Chan.make(Chan.UNBOUNDED);
    Signals.notify(signals, Signal.SIGINT); // ok
}

void dropping() {
    Chan<Signal> signals = Chan.make(1, Overflow.DROP_OLDEST);
    Signals.notify(signals, Signal.SIGINT); // ok
}

void parameter(Chan<Signal> signals) {
    Signals.notify(signals, Signal.SIGINT); // ok: it may have a buffer
}

void capacityOfAVariable(int capacity) {
    Chan<Signal> signals = Chan.make(capacity);
    Signals.notify(signals, Signal.SIGINT); // ok
}

void maybe(boolean buffer) {
    Chan<Signal> signals = Chan.make();
    if (buffer) signals = Chan.make(1);
    Signals.notify(signals, Signal.SIGINT); // ok
}

void assign() {
    assigned = Chan.make(1);
    Signals.notify(assigned, Signal.SIGINT); // ok
}

void onlyStopped() {
    Chan<Signal> signals = Chan.make();
    Signals.stop(signals); // ok
}

void ofAnotherClass() {
    Other.notify(Chan.make(), Signal.SIGINT); // ok
}

static class Other {
    static void notify(Chan<Signal> chan, Signal signal) {}
}

void main() {}
