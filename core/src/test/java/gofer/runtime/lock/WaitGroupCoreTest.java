package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Races between the moment when the counter becomes zero and the moment when the waiters are released. The tests hold the
/// short lock in between, so that the releasing thread has to wait.
class WaitGroupCoreTest {

    private static final int ROUNDS = Rounds.of(3_000);
    private static final int ADD_ROUNDS = 300_000;

    private final WaitGroupCore core = new WaitGroupCore();

    /// The thread that ended a round does not wake a waiter of the next round.
    @Test
    void slowReleaserDoesNotWakeTheNextRound() {
        core.add(1);
        try (var crew = new Crew()) {
            core.acquire();
            try {
                Waiter first = join();
                releaseSlowly(crew);
                core.leave(first); // cancelled
                core.add(1);
                join();
            } finally {
                core.release();
            }
        }
        assertThat(core.waiters.size()).isEqualTo(1);
    }

    /// The round that it ended is over, and so is the next one. Then it may release any waiter.
    @Test
    void slowReleaserMayReleaseALaterFinishedRound() {
        core.add(1);
        try (var crew = new Crew()) {
            Waiter second;
            core.acquire();
            try {
                Waiter first = join();
                releaseSlowly(crew);
                core.leave(first);
                core.add(1);
                second = join();
                releaseSlowly(crew);
            } finally {
                core.release();
            }
            assertThat(second.sleeper.sleep(() -> Sleeper.NEVER, null)).isSameAs(second);
        }
        assertThat(core.waiters.size()).isZero();
    }

    /// Queues a waiter, under the lock.
    private Waiter join() {
        Waiter waiter = new Waiter(new Sleeper(WaitReason.WAIT_GROUP_WAIT, core));
        assertThat(core.completeOrJoin(waiter)).isFalse();
        return waiter;
    }

    @Test
    void reuseBeforeTheWaitersAreReleasedIsRejected() {
        core.add(1);
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> core.await(null));
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            core.acquire();
            try {
                releaseSlowly(crew);
                Thread early =
                        crew.thread(() ->
                                assertThatThrownBy(() -> core.add(1))
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessage("sync: WaitGroup misuse: Add called concurrently with Wait"));
                Eventually.that("the rejected add is undone", () -> Internals.isReleasing(early));
                assertThat(core).as("nothing is added").hasToString("wait group (0)");
            } finally {
                core.release();
            }
        }
        assertThat(core.waiters.size()).isZero();
    }

    /// Other goroutines may wait at any time. A waiter that comes after an add is not mistaken for an earlier one.
    @Test
    void singleAdderIsNeverRejected() {
        var over = new AtomicBoolean();
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        while (!over.get()) {
                            try {
                                core.await(null);
                            } catch (IllegalStateException misuse) {
                                assertThat(misuse)
                                        .hasMessage("sync: WaitGroup is reused before previous Wait has returned");
                            }
                        }
                    });
            try {
                for (int round = 0; round < ADD_ROUNDS; round++) {
                    core.add(1);
                    core.add(-1);
                }
            } finally {
                over.set(true);
            }
            Eventually.ended(waiter);
        }
        assertThat(core.facts()).isEqualTo(Map.of("counter", 0, "waiting", 0));
    }

    /// Two goroutines decrement the counter from 1 at once: one of them is rejected and changes nothing, and the waiters are
    /// released.
    @Test
    void secondDoneForOneCountIsRejected() {
        var refused = new AtomicInteger();
        var round = new AtomicInteger();
        var begun = new AtomicInteger();
        try (var other = new Crew()) {
            other.thread(() -> {
                for (int r = 1; r <= ROUNDS; r++) {
                    while (round.get() < r) {
                        Thread.yield();
                    }
                    begun.set(r);
                    countDown(refused);
                }
            });
            try {
                for (int r = 1; r <= ROUNDS; r++) {
                    core.add(1);
                    try (var crew = new Crew()) {
                        Goroutine waiter = crew.go(() -> core.await(null));
                        Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
                        round.set(r);
                        while (begun.get() < r) {
                            Thread.onSpinWait();
                        }
                        countDown(refused);
                    }
                    int refusals = r;
                    Eventually.that("one of the two was refused", () -> refused.get() == refusals);
                }
            } finally {
                round.set(ROUNDS);
            }
        }
        assertThat(refused).hasValue(ROUNDS);
        assertThat(core).hasToString("wait group (0)");
    }

    private void countDown(AtomicInteger refused) {
        try {
            core.add(-1);
        } catch (IllegalStateException negative) {
            refused.incrementAndGet();
        }
    }

    /// A released waiter finds that the group is in use again.
    @Test
    void lateWaiterReportsMisuse() {
        core.add(1);
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() ->
                            assertThatThrownBy(() -> core.await(null))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage("sync: WaitGroup is reused before previous Wait has returned"));
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            List<Waiter> released = new ArrayList<>();
            core.acquire();
            try {
                core.waiters.claimAll(released);
            } finally {
                core.release();
            }
            assertThat(released).hasSize(1);
            WaitQueue.wakeAll(released); // the counter, now 1, belongs to the next round
        }
    }

    /// Decrements the counter in a thread, and returns when that is done and the waiters are not released yet.
    ///
    /// Not in a goroutine: with one carrier, a goroutine that yields to get the lock can keep goroutines that become ready here
    /// from running.
    private void releaseSlowly(Crew crew) {
        crew.thread(() -> core.add(-1));
        Eventually.that("the counter is zero", () -> core.toString().equals("wait group (0)"));
    }
}
