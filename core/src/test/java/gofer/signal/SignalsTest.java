package gofer.signal;

import static gofer.signal.Signal.SIGHUP;
import static gofer.signal.Signal.SIGUSR1;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.runtime.base.JvmSignal;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests with signals that this process sends to itself. While a channel receives the signal, it does not end the process.
class SignalsTest {

    private final Chan<Signal> witness = Chan.make(10);

    @AfterEach
    void reset() {
        Signals.reset();
        assertThat(JvmSignal.isAnyHandled()).isFalse();
    }

    /// Sends the signal to this process, and waits until the witness has received it. The witness is the last to receive it.
    private void raise() {
        Signals.notify(witness, SIGUSR1);
        sun.misc.Signal.raise(new sun.misc.Signal("USR1"));
        assertThat(witness.recv()).isEqualTo(SIGUSR1);
    }

    @Test
    void everyChannelReceivesTheSignal() {
        Chan<Signal> one = Chan.make(1);
        Chan<Object> two = Chan.make(1); // of a supertype
        Signals.notify(one, SIGUSR1);
        Signals.notify(two, SIGHUP, SIGUSR1);
        raise();
        assertThat(one.recv()).isEqualTo(SIGUSR1);
        assertThat(two.recv()).isEqualTo(SIGUSR1);
    }

    @Test
    void channelIsAddedOnce() {
        Chan<Signal> chan = Chan.make(2);
        Signals.notify(chan, SIGUSR1, SIGUSR1);
        Signals.notify(chan, SIGUSR1);
        raise();
        assertThat(chan.len()).isEqualTo(1);
    }

    @Test
    void laterCallAddsSignals() {
        Chan<Signal> chan = Chan.make(1);
        Signals.notify(chan, SIGUSR1);
        Signals.notify(chan, SIGHUP);
        raise();
        assertThat(chan.recv()).isEqualTo(SIGUSR1);
    }

    @Test
    @SuppressWarnings("UnbufferedSignal") // it loses the signal
    void fullChannelLosesTheSignal() {
        Chan<Signal> full = Chan.make(1);
        Chan<Signal> unbuffered = Chan.make();
        Signals.notify(full, SIGUSR1);
        Signals.notify(unbuffered, SIGUSR1);
        raise();
        raise();
        assertThat(full.len()).isEqualTo(1);
        assertThat(witness.len()).isZero();
    }

    @Test
    void channelReceivesNothingAfterStop() {
        Chan<Signal> chan = Chan.make(1);
        Signals.notify(chan, SIGUSR1, SIGHUP);
        Signals.stop(chan);
        raise();
        assertThat(chan.len()).isZero();
    }

    @Test
    void stopEndsWhenTheLastSignalOnItsWayHasArrived() {
        for (int i = 0; i < Rounds.of(200); i++) {
            Chan<Signal> chan = Chan.make(1);
            Signals.notify(witness, SIGUSR1);
            Signals.notify(chan, SIGUSR1);
            sun.misc.Signal.raise(new sun.misc.Signal("USR1"));
            Signals.stop(chan);
            int atTheEnd = chan.len();
            witness.recv();
            Signals.reset();
            assertThat(chan.len()).isEqualTo(atTheEnd);
        }
    }

    @Test
    void closedChannelIsRemoved() {
        Chan<Signal> chan = Chan.make(1);
        Signals.notify(chan, SIGUSR1);
        chan.close();
        raise();
        Signals.stop(witness);
        assertThat(JvmSignal.isAnyHandled()).isFalse();
    }

    @Test
    void signalCancelsTheContextWithACause() {
        try (var ctx = Signals.notifyContext(Context.background(), SIGHUP, SIGUSR1)) {
            raise();
            assertThat(ctx.done().recvOk()).isEqualTo(new Closed<>());
            assertThat(ctx.err()).isInstanceOf(CanceledException.class);
            assertThat(ctx.cause())
                    .hasMessage("SIGUSR1 received")
                    .isInstanceOfSatisfying(SignalException.class, by -> assertThat(by.signal()).isEqualTo(SIGUSR1));
            Signals.stop(witness);
            assertThat(JvmSignal.isAnyHandled()).isFalse();
        }
    }

    @Test
    void contextThatIsDoneReceivesNoSignals() {
        var parent = Context.background().withCancel();
        var closed = Signals.notifyContext(parent, SIGUSR1);
        closed.close();
        assertThat(JvmSignal.isAnyHandled()).isFalse();
        CancelContext child = Signals.notifyContext(parent, SIGUSR1);
        assertThat(JvmSignal.isAnyHandled()).isTrue();
        parent.cancel();
        assertThat(JvmSignal.isAnyHandled()).isFalse();
        assertThat(child.cause()).isInstanceOf(CanceledException.class);
        assertThat(Signals.notifyContext(parent, SIGUSR1).isDone()).isTrue();
        assertThat(JvmSignal.isAnyHandled()).isFalse();
    }

    /// A signal may arrive after a context has ended for another reason, and before the context is removed.
    @Test
    void signalThatFindsOnlyAnEndedContextHasItsEarlierEffect() {
        var signal = new sun.misc.Signal("USR1");
        var received = new AtomicBoolean();
        var before = sun.misc.Signal.handle(signal, _ -> received.set(true));
        try {
            CancelContext ended = Context.background().withCancel();
            ended.cancel();
            Receivers.add(new Receiver.ToContext(ended), EnumSet.of(SIGUSR1));
            sun.misc.Signal.raise(signal);
            Eventually.that("the handler was called", received::get);
        } finally {
            Signals.reset();
            sun.misc.Signal.handle(signal, before);
        }
    }

    @Test
    void resetRemovesChannelsAndContexts() {
        Chan<Signal> chan = Chan.make(1);
        Signals.notify(chan, SIGUSR1);
        try (var ctx = Signals.notifyContext(Context.background(), SIGUSR1)) {
            Signals.reset(SIGHUP);
            assertThat(JvmSignal.isAnyHandled()).isTrue();
            Signals.reset(SIGUSR1);
            assertThat(JvmSignal.isAnyHandled()).isFalse();
            raise();
            assertThat(chan.len()).isZero();
            assertThat(ctx.isDone()).isFalse();
        }
    }

    @Test
    void channelReceivesNothingAfterIgnore() {
        Chan<Signal> chan = Chan.make(1);
        Signals.notify(chan, SIGUSR1);
        Signals.ignore(SIGUSR1);
        assertThat(JvmSignal.isAnyHandled()).isFalse();
        raise();
        assertThat(chan.len()).isZero();
    }

    @Test
    void statusIsThatOfTheShell() {
        assertThat(Signal.SIGINT.status()).isEqualTo(130);
        assertThat(Signal.SIGTERM.status()).isEqualTo(143);
    }
}
