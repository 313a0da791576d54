package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitGroupTest {

    private final WaitGroup wg = new WaitGroup();
    private final RuntimeException enough = new IllegalArgumentException("enough");
    private final ManualCancellation ctx = new ManualCancellation();

    /// After each test, the counter is zero and no waiter is left.
    @AfterEach
    void expectCleanState() {
        assertThat(wg).hasToString("wait group (0)");
        assertThat(Internals.waiters(wg)).isZero();
        assertThat(ctx.hooks()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void waitsForAllAndCanBeReused() {
        AtomicInteger done = new AtomicInteger();
        for (int round = 1; round <= 100; round++) {
            for (int i = 0; i < 16; i++) {
                wg.go(done::incrementAndGet);
            }
            wg.await();
            assertThat(done.get()).isEqualTo(16 * round);
        }
    }

    /// The waiter starts the next round while the goroutine that ended the last one is still returning.
    @Test
    void roundsFollowImmediately() {
        int[] plain = new int[2];
        for (int round = 1; round <= 20_000; round++) {
            for (int i = 0; i < plain.length; i++) {
                int me = i;
                wg.go(() -> plain[me]++);
            }
            wg.await();
            assertThat(plain).containsOnly(round);
        }
    }

    @Test
    void awaitAtZeroReturnsAtOnce() {
        wg.await();
        wg.await(ctx);
        wg.add(0);
        wg.await();
        Thread.currentThread().interrupt();
        wg.await();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }

    @Test
    void allWaitersAreReleasedTogether() {
        List<Thread> waiters = new ArrayList<>();
        wg.add(2);
        try (var crew = new Crew()) {
            for (int i = 0; i < 5; i++) {
                waiters.add(crew.go(wg::await).thread());
                waiters.add(crew.go(() -> wg.await(ctx)).thread());
                waiters.add(crew.thread(wg::await));
            }
            waiters.forEach(waiter -> Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT));
            wg.done();
            assertThat(Internals.waiters(wg)).isEqualTo(15);
            wg.done();
        }
    }

    @Test
    void countIsNeverNegativeOrTooLarge() {
        assertThatThrownBy(wg::done)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sync: negative WaitGroup counter");
        wg.add(2);
        assertThatThrownBy(() -> wg.add(-3)).hasMessage("sync: negative WaitGroup counter");
        assertThatThrownBy(() -> wg.add(Integer.MIN_VALUE)).hasMessage("sync: negative WaitGroup counter");
        assertThatThrownBy(() -> wg.add(Integer.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sync: WaitGroup counter overflow");
        assertThat(wg).as("unchanged").hasToString("wait group (2)");
        wg.add(Integer.MAX_VALUE - 2);
        wg.add(-Integer.MAX_VALUE);
    }

    /// The counter goes down, however a body ends. An exception is reported first.
    @Test
    void bodiesThatFailOrExitAreCountedToo() {
        AtomicInteger reports = new AtomicInteger();
        wg.go(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> reports.incrementAndGet());
            throw new Exception("as planned");
        });
        wg.await();
        assertThat(reports.get()).isEqualTo(1);
        wg.go(() -> {
            throw Go.goexit();
        });
        wg.await();
    }

    @Test
    void nameIsShownInDumps() {
        wg.add(1);
        WaitGroup named = new WaitGroup();
        named.go("a name of its own", wg::await);
        assertThat(Go.stacks()).contains("a name of its own");
        wg.done();
        named.await();
    }

    @Test
    void interruptedWaitHasNoEffect() {
        wg.add(1);
        try (var crew = new Crew()) {
            Goroutine patient = crew.go(wg::await);
            Goroutine interrupted =
                    crew.go(() -> {
                        assertThatThrownBy(wg::await)
                                .isInstanceOf(InterruptException.class)
                                .hasMessage("interrupted during sync.WaitGroup.Wait");
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            Eventually.blocked(patient, WaitReason.WAIT_GROUP_WAIT);
            Eventually.blocked(interrupted, WaitReason.WAIT_GROUP_WAIT);
            interrupted.thread().interrupt();
            Eventually.ended(interrupted);
            assertThat(Internals.waiters(wg)).isEqualTo(1);
            wg.done();
        }
    }

    @Test
    void cancelledWaitThrowsTheCauseAndHasNoEffect() {
        wg.add(1);
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(() -> wg.await(ctx)).isSameAs(enough));
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            ctx.cancel(enough);
            Eventually.ended(waiter);
            assertThat(Internals.waiters(wg)).isZero();
        }
        wg.done();
    }

    @Test
    void cancelledContextThrowsEvenAtZero() {
        ctx.cancel(enough);
        assertThatThrownBy(() -> wg.await(ctx)).isSameAs(enough);
    }

    /// Events after the release have no effect.
    @Test
    void releasedWaiterReturnsDespiteALaterInterruptOrCancellation() {
        wg.add(1);
        try (var crew = new Crew()) {
            Goroutine interrupted =
                    crew.go(() -> {
                        wg.await();
                        Eventually.that("the interrupt is kept", Thread.currentThread()::isInterrupted);
                    });
            Goroutine cancelled = crew.go(() -> wg.await(ctx));
            Eventually.blocked(interrupted, WaitReason.WAIT_GROUP_WAIT);
            Eventually.blocked(cancelled, WaitReason.WAIT_GROUP_WAIT);
            wg.done();
            interrupted.thread().interrupt();
            ctx.cancel(enough);
        }
    }

    @Test
    void interruptedWaitsLeaveNoWaiters() {
        wg.add(1);
        for (int i = 0; i < 100_000; i++) {
            Thread.currentThread().interrupt();
            assertThat(interruptedWait()).isTrue();
        }
        assertThat(Internals.waiters(wg)).isZero();
        wg.done();
    }

    private boolean interruptedWait() {
        try {
            wg.await();
            return false;
        } catch (InterruptException expected) {
            return Thread.interrupted();
        }
    }

    @Test
    void nullIsRejectedAndNotCounted() {
        assertThatThrownBy(() -> wg.go(Nulls.nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("go of nil func value");
        assertThatThrownBy(() -> wg.go("name", Nulls.nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("go of nil func value");
        assertThatThrownBy(() -> wg.go(Nulls.nothing(), () -> {}))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("goroutine name");
        assertThatThrownBy(() -> wg.await(Nulls.nothing())).isInstanceOf(NullPointerException.class).hasMessage("ctx");
    }
}
