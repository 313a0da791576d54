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
import gofer.runtime.chan.ChanInnards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A wait that is over, however it ended, has left its queues.
class LeftBehindTest {

    private static final int WAITS = Rounds.of(1_000_000);

    private final Chan<Integer> a = Chan.make();
    private final Chan<Integer> b = Chan.make();

    /// The cost of a later send or receive depends on the length of the queues: after any number of abandoned waits they are
    /// empty.
    @Test
    void abandonedWaitsLeaveNothing() {
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
            crew.thread(() -> abandon(waits));
        }
        expectNobodyWaits();
    }

    /// In a thread of its own: what an exception costs depends on the depth of its stack.
    private static void abandon(List<Runnable> waits) {
        int abandoned = 0;
        Thread.currentThread().interrupt();
        for (int i = 0; i < WAITS; i++) {
            try {
                waits.get(i % waits.size()).run();
            } catch (InterruptException _) {
                abandoned++;
            }
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(abandoned).isEqualTo(WAITS);
    }

    @Test
    void losingArmsLeaveTheirQueues() {
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() -> {
                        for (int i = 0; i < 1000; i++) {
                            var _ = select(a, b.sending(1), a, b.sending(2));
                        }
                    });
            Eventually.blocked(g, WaitReason.SELECT);
            assertThat(ChanInnards.waiters(a.core)).isEqualTo(1); // one of two equal arms waits
            assertThat(ChanInnards.waiters(b.core)).isEqualTo(1);
            for (int i = 0; i < 1000; i++) {
                if (i % 2 == 0) {
                    a.send(1);
                } else {
                    b.recv();
                }
            }
        }
        expectNobodyWaits();
    }

    @Test
    void timeoutLeavesTheQueue() {
        for (int i = 0; i < 100; i++) {
            var _ = select(a, b.sending(1), after(Duration.ofNanos(1000)));
        }
        expectNobodyWaits();
    }

    @Test
    void cancelledWaitLeavesTheQueue() {
        var ctx = new ManualCancellation();
        try (var crew = new Crew()) {
            for (int i = 0; i < 100; i++) {
                crew.go(() -> expectCancelled(() -> a.recv(ctx)));
                crew.go(() -> expectCancelled(() -> b.send(ctx, 1)));
            }
            Eventually.that("all receivers wait", () -> ChanInnards.waiters(a.core) == 100);
            Eventually.that("all senders wait", () -> ChanInnards.waiters(b.core) == 100);
            ctx.cancel(new IllegalArgumentException("enough"));
        }
        expectNobodyWaits();
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
        expectNobodyWaits();
    }

    @Test
    void operationThatDoesNotWaitQueuesNoWaiter() {
        var _ = a.trySend(1);
        var _ = a.tryRecv();
        var _ = trySelect(a, b.sending(1), a.sending(1), b);
        expectNobodyWaits();
    }

    private static void expectCancelled(Runnable wait) {
        try {
            wait.run();
        } catch (IllegalArgumentException _) {
            return;
        }
        throw new AssertionError("was not cancelled");
    }

    private void expectNobodyWaits() {
        assertThat(ChanInnards.waiters(a.core)).isZero();
        assertThat(ChanInnards.waiters(b.core)).isZero();
    }
}
