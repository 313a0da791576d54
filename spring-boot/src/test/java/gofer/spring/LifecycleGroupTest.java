package gofer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleGroupTest {

    private final LifecycleGroup group = new LifecycleGroup();
    private final Logs logs = new Logs();

    @BeforeEach
    void start() {
        group.start();
    }

    @AfterEach
    void restoreLogs() {
        logs.close();
    }

    private static void untilWaiting(Goroutine goroutine) {
        while (goroutine.waitReason() != WaitReason.CHAN_RECEIVE) {
            Go.gosched();
        }
    }

    private void untilEmpty() {
        while (!group.goroutines().isEmpty()) {
            Go.gosched();
        }
    }

    private void untilDrained() {
        Chan<Void> drained = Chan.make();
        group.stop(drained::close);
        drained.recvOk();
    }

    /// Returns the context of the goroutines that start now.
    private Context context() {
        Chan<Context> contexts = Chan.make(1);
        Goroutine probe = group.go("probe", contexts::send);
        while (group.goroutines().contains(probe)) {
            Go.gosched();
        }
        return contexts.recv();
    }

    private void fail(String name, Throwable thrown) {
        group.go(
                name,
                _ -> {
                    throw thrown;
                });
    }

    @Test
    void stopCancelsTheContext() {
        Context context = context();
        group.go("consumer", ctx -> ctx.done().recvOk());
        assertThat(context.isDone()).isFalse();
        untilDrained();
        assertThat(context.isDone()).isTrue();
        assertThat(group.goroutines()).isEmpty();
        assertThat(group.isRunning()).isFalse();
    }

    @Test
    void stopWithoutGoroutinesCompletesAtOnce() {
        var completed = new AtomicBoolean();
        group.stop(() -> completed.set(true));
        assertThat(completed).isTrue();
    }

    @Test
    void stopCompletesWhenTheLastGoroutineHasEnded() {
        Chan<Void> first = Chan.make();
        Chan<Void> second = Chan.make();
        group.go("first", _ -> first.recvOk());
        Goroutine last = group.go("second", _ -> second.recvOk());
        var completed = new AtomicBoolean();
        Chan<Void> drained = Chan.make();
        group.stop(() -> {
            completed.set(true);
            drained.close();
        });
        first.close();
        while (group.goroutines().size() > 1) {
            Go.gosched();
        }
        untilWaiting(last);
        assertThat(completed).isFalse();
        assertThat(group.goroutines()).containsExactly(last);
        second.close();
        drained.recvOk();
        assertThat(completed).isTrue();
    }

    @Test
    void eachOfSeveralStopsCompletes() {
        Chan<Void> end = Chan.make();
        group.go("consumer", _ -> end.recvOk());
        Chan<Void> first = Chan.make();
        group.stop(first::close);
        Chan<Void> second = Chan.make();
        group.stop(second::close);
        end.close();
        first.recvOk();
        second.recvOk();
    }

    @Test
    void failureIsLoggedAndCountedAndTheOthersContinue() {
        Chan<Void> end = Chan.make();
        Goroutine other = group.go("other", _ -> end.recvOk());
        var failure = new IllegalStateException("broken");
        fail("consumer", failure);
        while (group.goroutines().size() > 1) {
            Go.gosched();
        }
        assertThat(group.failures()).isOne();
        assertThat(group.lastFailure()).isEqualTo(new LifecycleGroup.Failure("consumer", failure));
        assertThat(logs.messages()).containsExactly("Goroutine \"consumer\" has failed");
        assertThat(logs.thrown()).containsExactly(failure);
        assertThat(group.goroutines()).containsExactly(other);
        assertThat(context().isDone()).isFalse();
        end.close();
        untilDrained();
    }

    @Test
    void errorIsAFailureToo() {
        var error = new AssertionError("wrong");
        fail("consumer", error);
        untilDrained();
        assertThat(group.failures()).isOne();
        assertThat(logs.thrown()).containsExactly(error);
    }

    @Test
    void cancellationIsAFailureOnlyBeforeTheStop() {
        fail("early", new CanceledException());
        untilEmpty();
        assertThat(group.failures()).isOne();
        group.go("consumer", ctx -> Chan.make().recv(ctx));
        untilDrained();
        assertThat(group.failures()).isOne();
    }

    @Test
    void failureAfterTheStopIsLogged() {
        var failure = new IllegalStateException("broken");
        group.go(
                "consumer",
                ctx -> {
                    ctx.done().recvOk();
                    throw failure;
                });
        untilDrained();
        assertThat(logs.thrown()).containsExactly(failure);
    }

    @Test
    void goexitIsNoFailure() {
        group.go(
                "consumer",
                _ -> {
                    throw Go.goexit();
                });
        untilDrained();
        assertThat(group.failures()).isZero();
    }

    @Test
    void nothingStartsBeforeTheFirstStart() {
        var early = new LifecycleGroup();
        assertThatThrownBy(() -> early.go("early", _ -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("goroutine \"early\" not started: the application has not started yet");
        assertThat(early.isRunning()).isFalse();
        assertThat(early.goroutines()).isEmpty();
    }

    @Test
    void nothingStartsAfterTheStop() {
        group.stop();
        assertThatThrownBy(() -> group.go("late", _ -> {}))
                .isInstanceOf(CanceledException.class)
                .hasRootCauseMessage("goroutine \"late\" not started: the application has stopped");
        assertThat(group.goroutines()).isEmpty();
    }

    @Test
    void goroutineThatStartsAnotherAfterTheStopHasNotFailed() {
        group.go(
                "consumer",
                ctx -> {
                    ctx.done().recvOk();
                    group.go("late", _ -> {});
                });
        untilDrained();
        assertThat(group.failures()).isZero();
    }

    @Test
    void stoppedGroupCanBeStartedAgain() {
        Context before = context();
        untilDrained();
        group.start();
        assertThat(group.isRunning()).isTrue();
        assertThat(before.isDone()).isTrue();
        assertThat(context().isDone()).isFalse();
        untilDrained();
    }

    @Test
    void startOfARunningGroupKeepsTheContext() {
        Context before = context();
        group.start();
        assertThat(context()).isSameAs(before);
    }

    @Test
    void goroutinesThatAreLeftAreLogged() {
        Chan<Void> end = Chan.make();
        Goroutine left = group.go("stubborn", _ -> end.recvOk());
        untilWaiting(left);
        group.stop();
        group.destroy();
        assertThat(logs.messages()).hasSize(1);
        assertThat(logs.messages().getFirst())
                .startsWith("Goroutines that have not ended during the shutdown: \"stubborn\" [chan receive]\n\n")
                .contains("goroutine " + left.id() + " \"stubborn\" [chan receive")
                .doesNotContain("[running]");
        end.close();
    }

    @Test
    void destroyWithoutStopCancelsAndLogsNothing() {
        Chan<Void> end = Chan.make();
        Context context = context();
        group.go("consumer", _ -> end.recvOk());
        group.destroy();
        assertThat(context.isDone()).isTrue();
        assertThat(logs.messages()).isEmpty();
        end.close();
    }

    @Test
    void goroutineWasStartedWhereTheProgramCalledGo() {
        Goroutine goroutine = group.go("consumer", _ -> {});
        assertThat(goroutine.createdAt()).contains("goroutineWasStartedWhereTheProgramCalledGo");
    }

    @Test
    void groupIsNotPaused() {
        assertThat(group.isPauseable()).isFalse();
    }
}
