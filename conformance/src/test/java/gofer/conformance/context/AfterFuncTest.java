package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.Internals;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Cancellation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Functions that run when a context is done.
class AfterFuncTest {

    private final CancelContext context = Context.background().withCancel();
    private final Chan<Thread> ran = Chan.make(1);

    @Test
    @Pins("CX-08")
    void runsAfterTheCancelAndNotBefore() { // TestAfterFuncCalledAfterCancel
        Cancellation.Registration hook = context.afterFunc(this::run);
        assertThat(ran.tryRecv()).isInstanceOf(Empty.class);
        context.cancel();
        Thread thread = ran.recv();
        assertThat(thread.isVirtual()).isTrue();
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(hook.stop()).isFalse();
    }

    @Test
    @Pins("CX-08")
    void runsAfterATimeout() { // TestAfterFuncCalledAfterTimeout
        try (CancelContext timed = context.withTimeout(Duration.ofMillis(1))) {
            var _ = timed.withValue("k", 1).afterFunc(this::run);
            ran.recv();
            assertThat(timed.err()).isNotNull();
        }
    }

    @Test
    @Pins("CX-08")
    void runsAtOnceIfTheContextIsDone() { // TestAfterFuncCalledImmediately
        context.cancel();
        Cancellation.Registration hook = context.afterFunc(this::run);
        assertThat(ran.recv()).isNotSameAs(Thread.currentThread());
        assertThat(hook.stop()).isFalse();
    }

    @Test
    @Pins({"CX-08", "CX-12"})
    void doesNotRunOnceStopped() { // TestAfterFuncNotCalledAfterStop
        Cancellation.Registration stopped = context.afterFunc(() -> ran.close());
        Cancellation.Registration other = context.afterFunc(this::run);
        assertThat(stopped.stop()).isTrue();
        assertThat(Internals.dependents(context)).isEqualTo(1);
        context.cancel();
        ran.recv();
        assertThat(stopped.stop()).isFalse();
        assertThat(other.stop()).isFalse();
    }

    @Test
    @Pins("CX-08")
    void cancelDoesNotWaitForIt() { // TestAfterFuncCalledAsynchronously
        Chan<Integer> unbuffered = Chan.make();
        Cancellation.Registration hook = context.afterFunc(() -> unbuffered.send(1));
        context.cancel();
        assertThat(hook.stop()).as("nor does stop").isFalse();
        assertThat(unbuffered.recv()).isEqualTo(1);
    }

    /// Registers the same function twice: two registrations, two runs.
    @Test
    @Pins("CX-08")
    void registrationsAreIndependent() {
        AtomicInteger runs = new AtomicInteger();
        Runnable f = runs::incrementAndGet;
        Cancellation.Registration first = context.afterFunc(f);
        var _ = context.afterFunc(f);
        var _ = context.afterFunc(f);
        assertThat(first.stop()).isTrue();
        context.cancel();
        Eventually.that("both run", () -> runs.get() == 2);
    }

    /// Stop returns true exactly for the functions that did not run, whichever side is faster.
    @Test
    @Pins("CX-08")
    void stopAndCancelAgree() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger started = new AtomicInteger();
        for (int round = 0; round < 500; round++) {
            CancelContext mine = context.withCancel();
            try (var crew = new Crew()) {
                for (int i = 0; i < 4; i++) {
                    Cancellation.Registration hook = mine.afterFunc(runs::incrementAndGet);
                    crew.go(() -> {
                        if (!hook.stop()) {
                            started.incrementAndGet();
                        }
                    });
                }
                crew.go(mine::cancel);
            }
        }
        Eventually.that("all that were started run", () -> runs.get() == started.get());
    }

    private void run() {
        ran.send(Thread.currentThread());
    }
}
