package gofer.conformance.bubble;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.goroutine.FatalError;
import gofer.signal.Signal;
import gofer.signal.Signals;
import gofer.testing.Bubble;
import gofer.testing.Explore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Signals concern the whole program.
class SignalsInBubblesTest {

    private static final List<ThrowingCallable> CALLS =
            List.of(
                    () -> Signals.notify(Chan.<Signal>make(1), Signal.SIGTERM),
                    () -> Signals.notifyContext(Context.background(), Signal.SIGTERM),
                    () -> Signals.stop(Chan.<Signal>make(1)),
                    () -> Signals.ignore(Signal.SIGTERM),
                    () -> Signals.reset());

    @Test
    void everyCallIsRefused() throws Exception {
        Bubble.run(SignalsInBubblesTest::expectRefusals);
        Explore.schedules(2).check(SignalsInBubblesTest::expectRefusals);
    }

    private static void expectRefusals() {
        for (ThrowingCallable call : CALLS) {
            assertThatThrownBy(call)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(
                            "signals concern the whole program, so they cannot be used in a bubble or an exploration");
        }
    }

    @Test
    void channelOfABubbleIsRefused() throws Exception {
        var inside = new AtomicReference<Chan<Signal>>();
        Bubble.run(() -> inside.set(Chan.make(1)));
        assertThatThrownBy(() -> Signals.notify(inside.get(), Signal.SIGTERM))
                .isInstanceOf(FatalError.class)
                .hasMessageStartingWith("channel of a bubble is used outside of it: ");
    }
}
