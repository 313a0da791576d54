package gofer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Value;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstResultTest {

    private final IOException one = new IOException("one");
    private final IllegalStateException two = new IllegalStateException("two");

    private static FirstResult<Integer> group() {
        return FirstResult.withContext(Context.background());
    }

    @Test
    void firstResultCancelsTheOthersAndWaitsForTheirEnd() throws Exception {
        for (int round = 0; round < Rounds.of(2_000); round++) {
            var group = group();
            AtomicInteger ended = new AtomicInteger();
            for (int i = 0; i < 5; i++) {
                group.go(ctx -> {
                    var _ = ctx.done().recvOk();
                    return ended.incrementAndGet();
                });
            }
            group.go(_ -> 7);
            assertThat(group.await()).isEqualTo(7);
            assertThat(ended).hasValue(5);
            assertThat(group.await()).as("again").isEqualTo(7);
            assertThat(group.failures()).isEmpty();
        }
    }

    @Test
    void failureCancelsNothing() throws Exception {
        var group = group().limit(1); // one after the other
        group.go(_ -> {
            throw one;
        });
        group.go("retry", ctx -> ctx.isDone() ? 0 : 2);
        assertThat(group.await()).isEqualTo(2);
        assertThat(group.failures()).containsExactly(one);
    }

    @Test
    void firstFailureIsThrownIfAllFail() {
        var group = group().limit(1);
        group.go(_ -> {
            throw one;
        });
        group.go(_ -> {
            throw two;
        });
        assertThatThrownBy(group::await).isSameAs(one).hasNoSuppressedExceptions();
        assertThat(group.failures()).containsExactly(one, two);
    }

    @Test
    void groupWithoutTasksHasNoResult() {
        assertThatThrownBy(() -> group().await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("firstresult: no task was started");
    }

    @Test
    void nothingStartsAfterAResult() throws Exception {
        var group = group().limit(1);
        AtomicInteger started = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            group.go(_ -> started.incrementAndGet());
        }
        assertThat(group.await()).isEqualTo(1);
        assertThat(started).hasValue(1);
        assertThat(group.failures()).as("not started").hasSize(9);
    }

    @Test
    void cancelledParentIsAFailure() {
        var parent = Context.background().withCancel();
        var group = FirstResult.<Integer>withContext(parent).limit(1);
        group.go(ctx -> Chan.<Integer>never().recv(ctx));
        try (var crew = new Crew()) {
            Goroutine starter = crew.go(() -> group.go(_ -> 2));
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            parent.cancel(two);
        }
        assertThatThrownBy(group::await).isSameAs(two);
        assertThat(group.failures()).containsExactly(two, two);
    }

    @Test
    @SuppressWarnings("NullAway")
    void taskWithoutAResultFails() {
        var group = group().limit(1);
        group.go(_ -> null);
        group.go(_ -> {
            throw Go.goexit();
        });
        assertThatThrownBy(group::await).isInstanceOf(NullPointerException.class);
        assertThat(group.failures())
                .extracting(Throwable::getMessage)
                .containsExactly("task returned null", "task ended by goexit, without a result");
    }

    @Test
    void errorIsReportedEvenIfAnotherTaskSucceeds() throws Exception {
        AssertionError error = new AssertionError("expected in a test");
        Chan<Throwable> reported = Chan.make(1);
        var group = group().limit(1);
        group.go(_ -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
            throw error;
        });
        group.go(_ -> 1);
        assertThat(group.await()).isEqualTo(1);
        assertThat(reported.tryRecv()).isEqualTo(new Value<>(error));
    }

    @Test
    void interruptedAwaitLeavesTheTasksRunning() throws Exception {
        var group = group();
        Chan<Integer> results = Chan.make();
        group.go(results::recv);
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(group::await).isInstanceOf(InterruptException.class));
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            waiter.thread().interrupt();
        }
        results.send(3);
        assertThat(group.await()).isEqualTo(3);
    }
}
