package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The limit of a wait group.
class WaitGroupLimitTest {

    private final WaitGroup wg = new WaitGroup();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void limitIsReachedAndNotExceeded(int n) {
        wg.limit(n);
        Chan<Void> gate = Chan.make();
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int tasks = Rounds.of(10_000);
        try (var crew = new Crew()) {
            Goroutine starter =
                    crew.go(() -> {
                        for (int i = 0; i < tasks; i++) {
                            wg.go(() -> {
                                most.accumulateAndGet(active.incrementAndGet(), Math::max);
                                var _ = gate.recvOk();
                                active.decrementAndGet();
                            });
                        }
                    });
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            Eventually.that("all that may run do", () -> active.get() == n);
            gate.close();
        }
        wg.await();
        assertThat(most).hasValue(n);
        wg.limit(-1); // all slots are free
    }

    @Test
    void waitingStartCountsUntilItIsInterrupted() {
        wg.limit(0);
        try (var crew = new Crew()) {
            Goroutine starter =
                    crew.go(() -> {
                        assertThatThrownBy(() -> wg.go(() -> {})).isInstanceOf(InterruptException.class);
                        assertThat(Thread.interrupted()).isTrue();
                    });
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            assertThat(wg).hasToString("wait group (1)");
            Goroutine waiter = crew.go(wg::await);
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            starter.thread().interrupt();
        }
        assertThat(wg).hasToString("wait group (0)");
    }

    /// A goroutine that waits for the group also waits for the goroutine whose start waits for a slot.
    @Test
    void awaitDoesNotReturnBeforeAWaitingStart() {
        wg.limit(1);
        for (int round = 0; round < Rounds.of(10_000); round++) {
            AtomicInteger ended = new AtomicInteger();
            Chan<Void> gate = Chan.make();
            wg.go(gate::recvOk);
            try (var crew = new Crew()) {
                Goroutine starter = crew.go(() -> wg.go(ended::incrementAndGet));
                Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
                crew.go(() -> {
                    wg.await();
                    assertThat(ended).hasValue(1);
                });
                gate.close();
            }
        }
    }

    @Test
    void limitCannotChangeWhileGoroutinesRunUnderIt() {
        Chan<Void> gate = Chan.make();
        wg.limit(2).go(gate::recvOk);
        assertThatThrownBy(() -> wg.limit(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sync: WaitGroup: modify limit while 1 goroutines in the group are still active");
        gate.close();
        wg.await();
        wg.limit(3);
    }

    @Test
    void everyEndReleasesItsSlot() {
        wg.limit(1);
        for (int i = 0; i < 3; i++) {
            wg.go(() -> {
                throw Go.goexit();
            });
            wg.go(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                throw new IllegalStateException("expected in a test");
            });
        }
        wg.await();
        wg.limit(-1);
    }
}
