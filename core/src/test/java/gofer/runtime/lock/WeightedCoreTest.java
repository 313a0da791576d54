package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.park.HolderId;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Interleavings of the fast paths and the queue.
class WeightedCoreTest {

    private static final int ROUNDS = Rounds.of(100_000);

    private final WeightedCore two = new WeightedCore(2);

    /// Each goroutine tries the fast path while the others come and go. A waiter with granted permits may already be awake, and
    /// release them before it is woken. Only the holder releases them.
    @Test
    void noPermitIsLostOrCreated() {
        var out = new AtomicInteger();
        try (var disturbers = new Crew()) {
            List<Thread> holders = new ArrayList<>();
            try (var crew = new Crew()) {
                for (int i = 0; i < 3; i++) {
                    holders.add(crew.thread(() -> takeAndGive(out)));
                }
                disturbers.thread(() -> {
                    while (holders.stream().anyMatch(Thread::isAlive)) {
                        holders.forEach(LockSupport::unpark);
                    }
                });
            }
        }
        assertThat(two.tryAcquire(2)).isTrue();
        assertThat(two.blockers(WaitReason.SEMAPHORE_ACQUIRE)).containsExactly(HolderId.of(Thread.currentThread()));
    }

    private void takeAndGive(AtomicInteger out) {
        for (int n = 0; n < ROUNDS; n++) {
            two.acquire(1, null);
            assertThat(out.incrementAndGet()).isLessThanOrEqualTo(2);
            out.decrementAndGet();
            assertThat(two.release(1)).isTrue();
        }
    }

    /// A waiter with granted permits may continue before it is woken, and release them before the last waiter is served.
    @Test
    void firstServedMayReleaseWhileOthersAreServed() {
        two.acquire(1, null);
        try (var crew = new Crew()) {
            Thread first =
                    crew.thread(() -> {
                        two.acquire(2, null);
                        assertThat(two.release(2)).isTrue();
                    });
            Eventually.that("it waits", () -> two.queued().size() == 1);
            two.acquire();
            for (int i = 0; i < 500_000; i++) {
                Waiter other = new Waiter(new Sleeper(WaitReason.SEMAPHORE_ACQUIRE, two));
                other.value = new PermitRequest(two, 0L);
                two.queue.addLast(other);
            }
            two.release();
            crew.thread(() -> {
                while (first.isAlive()) {
                    LockSupport.unpark(first);
                }
            });
            assertThat(two.release(1)).isTrue();
        }
        assertThat(two.tryAcquire(2)).isTrue();
    }

    /// The permits are released while the thread is about to join the queue, so no thread would wake it.
    @Test
    void permitsReleasedBeforeQueueingAreAcquired() {
        two.acquire(2, null);
        try (var crew = new Crew()) {
            two.acquire();
            try {
                Thread late = crew.thread(() -> two.acquire(1, null));
                Eventually.that("it wants the lock", () -> isIn(late, "acquireSlow"));
                assertThat(two.release(2)).isTrue();
            } finally {
                two.release();
            }
        }
        assertThat(two.tryAcquire(1)).isTrue();
        assertThat(two.tryAcquire(1)).isFalse();
    }

    private static boolean isIn(Thread thread, String method) {
        return Stream.of(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals(method));
    }

    @Test
    void remainingWaiterIsServedNext() {
        two.acquire(2, null);
        try (var crew = new Crew()) {
            Goroutine first = crew.go(() -> two.acquire(1, null));
            Eventually.blocked(first, WaitReason.SEMAPHORE_ACQUIRE);
            Goroutine second = crew.go(() -> two.acquire(1, null));
            Eventually.blocked(second, WaitReason.SEMAPHORE_ACQUIRE);
            assertThat(two.release(1)).isTrue();
            Eventually.ended(first);
            Eventually.blocked(second, WaitReason.SEMAPHORE_ACQUIRE);
            assertThat(two.release(1)).isTrue();
        }
        assertThat(two.facts()).containsEntry("taken", 2L).containsEntry("waiting", 0);
    }

    /// It is recorded like a holder that did not have to wait.
    @Test
    void waiterBecomesAKnownHolder() {
        for (int i = 0; i < 10; i++) {
            two.acquire(2, null);
            two.release(2);
        }
        two.acquire(2, null);
        try (var crew = new Crew()) {
            Goroutine twice =
                    crew.go(() -> {
                        two.acquire(2, null);
                        two.acquire(1, null);
                        two.release(1);
                        two.release(1);
                    });
            Eventually.blocked(twice, WaitReason.SEMAPHORE_ACQUIRE);
            assertThat(two.release(2)).isTrue();
            Eventually.that("it waits again", () -> two.queued().size() == 1);
            assertThat(two.blockers(WaitReason.SEMAPHORE_ACQUIRE)).containsExactly(HolderId.of(twice.thread()));
            assertThat(two.release(1)).isTrue();
        }
        assertThat(two.tryAcquire(2)).isTrue();
    }
}
