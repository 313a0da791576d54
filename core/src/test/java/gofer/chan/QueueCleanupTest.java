package gofer.chan;

import static gofer.Go.after;
import static gofer.Go.select;
import static gofer.Go.trySelect;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanInternals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A wait that has ended, in any way, has left its queues.
class QueueCleanupTest {

    private static final int WAITS = Rounds.of(1_000_000);

    private final Chan<Integer> a = Chan.make();
    private final Chan<Integer> b = Chan.make();

    /// The cost of a later send or receive depends on the length of the queues. After any number of interrupted waits, the
    /// queues are empty.
    @Test
    void interruptedWaitsLeaveNoWaiters() {
        Select handles = new Select();
        SendCase<Integer> toA = handles.send(a);
        handles.recv(b);
        toA.offer(1);
        List<Runnable> waits =
                List.of(
                        a::recv,
                        () -> a.send(1),
                        () -> {
                            var _ = select(a, b.sending(1));
                        },
                        () -> {
                            var _ = handles.await();
                        },
                        () -> {
                            var _ = select(b, a.sending(1), a, b.sending(2));
                        });
        try (var crew = new Crew()) {
            crew.thread(() -> interrupt(waits));
        }
        expectNoWaiters();
    }

    /// Runs in its own thread, because the cost of an exception depends on the depth of the stack.
    private static void interrupt(List<Runnable> waits) {
        int interrupted = 0;
        Thread.currentThread().interrupt();
        for (int i = 0; i < WAITS; i++) {
            try {
                waits.get(i % waits.size()).run();
            } catch (InterruptException _) {
                interrupted++;
            }
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).isEqualTo(WAITS);
    }

    @Test
    void otherArmsOfASelectLeaveTheirQueues() {
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() -> {
                        for (int i = 0; i < 1000; i++) {
                            var _ = select(a, b.sending(1), a, b.sending(2));
                        }
                    });
            Eventually.blocked(g, WaitReason.SELECT);
            assertThat(ChanInternals.waiters(a.core)).isEqualTo(1); // only one of two equal arms waits
            assertThat(ChanInternals.waiters(b.core)).isEqualTo(1);
            for (int i = 0; i < 1000; i++) {
                if (i % 2 == 0) {
                    a.send(1);
                } else {
                    b.recv();
                }
            }
        }
        expectNoWaiters();
    }

    @Test
    void timeoutLeavesTheQueue() {
        for (int i = 0; i < 100; i++) {
            var _ = select(a, b.sending(1), after(Duration.ofNanos(1000)));
        }
        expectNoWaiters();
    }

    @Test
    void cancelledWaitLeavesTheQueue() {
        var ctx = new ManualCancellation();
        try (var crew = new Crew()) {
            for (int i = 0; i < 100; i++) {
                crew.go(() -> expectCancelled(() -> a.recv(ctx)));
                crew.go(() -> expectCancelled(() -> b.send(ctx, 1)));
            }
            Eventually.that("all receivers wait", () -> ChanInternals.waiters(a.core) == 100);
            Eventually.that("all senders wait", () -> ChanInternals.waiters(b.core) == 100);
            ctx.cancel(new IllegalArgumentException("enough"));
        }
        expectNoWaiters();
    }

    /// One channel closes, and the waiters of the select on the other channel leave.
    @Test
    void closeEmptiesAllQueues() {
        try (var crew = new Crew()) {
            List<Goroutine> waiting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(crew.go(() -> assertThat(select(a, b)).isEqualTo(new First<>(new Closed<>()))));
            }
            waiting.forEach(g -> Eventually.blocked(g, WaitReason.SELECT));
            a.close();
        }
        expectNoWaiters();
    }

    @Test
    void operationThatDoesNotWaitQueuesNoWaiter() {
        var _ = a.trySend(1);
        var _ = a.tryRecv();
        var _ = trySelect(a, b.sending(1), a.sending(1), b);
        expectNoWaiters();
    }

    private static void expectCancelled(Runnable wait) {
        try {
            wait.run();
        } catch (IllegalArgumentException _) {
            return;
        }
        throw new AssertionError("was not cancelled");
    }

    private void expectNoWaiters() {
        assertThat(ChanInternals.waiters(a.core)).isZero();
        assertThat(ChanInternals.waiters(b.core)).isZero();
    }
}
