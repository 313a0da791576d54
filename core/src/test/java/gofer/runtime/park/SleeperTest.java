package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.goroutine.Cancellation;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SleeperTest {

    private final Sleeper sleeper = new Sleeper(WaitReason.CHAN_SEND, "a test");
    private final Waiter waiter = new Waiter(sleeper);

    @Test
    void oneClaimWins() {
        assertThat(sleeper.claim(waiter)).isTrue();
        assertThat(sleeper.claim(new Waiter(sleeper))).isFalse();
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, null)).isSameAs(waiter);
    }

    /// A claim before an interrupt is valid, so that a handed-over value is not lost. The interrupt status is kept.
    @Test
    void claimBeatsALaterInterrupt() {
        sleeper.claim(waiter);
        Thread.currentThread().interrupt();
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, null)).isSameAs(waiter);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptEndsTheSleepAndIsKept() {
        Thread.currentThread().interrupt();
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, null)).isNull();
        assertThat(sleeper.claim(waiter)).isFalse();
        assertThat(sleeper.calledOff())
                .isInstanceOf(InterruptException.class)
                .hasMessage("interrupted during chan send");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void pastDeadlineEndsTheSleep() {
        assertThat(sleeper.sleep(() -> 0, null)).isNull();
        assertThat(sleeper.timedOut()).isTrue();
    }

    @Test
    void cancelledWaitThrowsTheCause() {
        var cause = new IllegalArgumentException("enough");
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, new Cancelled(cause))).isNull();
        assertThat(sleeper.calledOff()).isSameAs(cause);
        assertThatThrownBy(() -> Sleeper.check(new Cancelled(cause))).isSameAs(cause);
        Sleeper.check(new Cancelled(null));
        Sleeper.check(null);
    }

    /// A custom context that violates its contract ends the wait with an exception, instead of letting it hang.
    @Test
    void brokenCancellationEndsTheWait() {
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, new Cancelled(null))).isNull();
        assertThat(sleeper.calledOff()).hasMessageContaining("without a cause");

        Sleeper other = new Sleeper(WaitReason.CHAN_SEND, "a test");
        var broken = new UnsupportedOperationException("no afterFunc");
        assertThat(other.sleep(() -> Sleeper.NEVER, failingWith(() -> broken))).isNull();
        assertThat(other.calledOff()).isSameAs(broken);
    }

    @Test
    void cancellationWithoutMemoryEndsTheWait() {
        var noMemory = new OutOfMemoryError("as planned");
        Cancellation failing =
                failingWith(() -> {
                    throw noMemory;
                });
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, failing)).isNull();
        assertThatThrownBy(sleeper::calledOff).isSameAs(noMemory);
    }

    @Test
    void failedDeadlineEndsTheWait() {
        var noMemory = new OutOfMemoryError("as planned");
        Sleeper.Deadline failing =
                () -> {
                    throw noMemory;
                };
        assertThat(sleeper.sleep(failing, null)).isNull();
        assertThat(sleeper.timedOut()).isFalse();
        assertThatThrownBy(sleeper::calledOff).isSameAs(noMemory);
    }

    @Test
    void claimBeatsALaterFailure() {
        Sleeper.Deadline failing =
                () -> {
                    sleeper.claim(waiter);
                    throw new OutOfMemoryError("as planned");
                };
        assertThat(sleeper.sleep(failing, null)).isSameAs(waiter);
    }

    private static Cancellation failingWith(Supplier<RuntimeException> failure) {
        return new Cancellation() {
            @Override
            public @Nullable RuntimeException cause() {
                return null;
            }

            @Override
            public Registration afterFunc(Runnable f) {
                throw failure.get();
            }
        };
    }

    /// A rearmed sleeper has no outcome.
    @Test
    void canBeRearmed() {
        sleeper.claim(waiter);
        sleeper.rearm();
        assertThat(sleeper.sleep(() -> 0, null)).isNull();
        assertThat(sleeper.claim(waiter)).isFalse();
        sleeper.rearm();
        assertThat(sleeper.claim(waiter)).isTrue();
    }

    /// A cancellation runs its hook in a goroutine, perhaps after that sleep has ended and the next one has begun.
    @Test
    void lateHookDoesNotEndTheNextSleep() {
        List<Runnable> hooks = new ArrayList<>();
        Cancellation cancellation =
                new Cancellation() {
                    @Override
                    public @Nullable RuntimeException cause() {
                        return new IllegalStateException("cancelled");
                    }

                    @Override
                    public Registration afterFunc(Runnable f) {
                        hooks.add(f);
                        return () -> false;
                    }
                };
        sleeper.claim(waiter);
        assertThat(sleeper.sleep(() -> Sleeper.NEVER, cancellation)).isSameAs(waiter);
        sleeper.rearm();
        hooks.forEach(Runnable::run);
        assertThat(sleeper.claim(waiter)).isTrue();
    }

    private record Cancelled(@Nullable RuntimeException cause) implements Cancellation {

        @Override
        public Registration afterFunc(Runnable f) {
            f.run();
            return () -> false;
        }
    }
}
