package gofer.conformance.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.group.ErrGroup;
import gofer.group.Weighted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Tests semaphores: `semaphore_test.go`.
class WeightedTest {

    private final CancelContext context = Context.background().withCancel();

    @Test
    @Pins({"SM-02", "SM-04"})
    void neverGrantsMoreThanItsSize() { // TestWeighted
        int size = 4;
        Weighted semaphore = new Weighted(size);
        AtomicLong out = new AtomicLong();
        try (var crew = new Crew()) {
            for (int n = 0; n <= size; n++) {
                int weight = n;
                crew.go(() -> {
                    for (int i = 0; i < 2000; i++) {
                        semaphore.acquire(weight);
                        assertThat(out.addAndGet(weight)).isLessThanOrEqualTo(size);
                        Go.gosched();
                        out.addAndGet(-weight);
                        semaphore.release(weight);
                    }
                });
            }
        }
        assertThat(semaphore.tryAcquire(size)).isTrue();
    }

    @Test
    @Pins("SM-06")
    void releasingMoreThanIsHeldIsRejected() { // TestWeightedPanic
        Weighted semaphore = new Weighted(1);
        for (Weighted untaken : List.of(semaphore, new Weighted(0), new Weighted(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> untaken.release(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("semaphore: released more than held");
        }
        assertThat(semaphore.tryAcquire(1)).as("the semaphore still works").isTrue();
        assertThat(semaphore.tryAcquire(1)).isFalse();
    }

    @Test
    @Pins("SM-05")
    void tryAcquireTakesWhatIsFree() { // TestWeightedTryAcquire
        Weighted semaphore = new Weighted(2);
        semaphore.acquire(1);
        assertThat(semaphore.tryAcquire(1)).isTrue();
        assertThat(semaphore.tryAcquire(1)).isFalse();
        semaphore.release(2);
        assertThat(semaphore.tryAcquire(1)).isTrue();
        semaphore.acquire(1);
        assertThat(semaphore.tryAcquire(1)).isFalse();
    }

    @Test
    void closeReleasesThePermits() {
        Weighted semaphore = new Weighted(3);
        try (var _ = semaphore.acquire(2);
                var _ = semaphore.acquire(context, 1)) {
            assertThat(semaphore.tryAcquire(1)).isFalse();
        }
        assertThat(semaphore.tryAcquire(3)).isTrue();
    }

    @Test
    @Pins({"SM-02", "SM-05"})
    void newcomersDoNotOvertakeWaiters() {
        Weighted semaphore = new Weighted(2);
        semaphore.acquire(1);
        try (var crew = new Crew()) {
            Goroutine large = crew.go(() -> semaphore.acquire(2));
            Eventually.blocked(large, WaitReason.SEMAPHORE_ACQUIRE);
            assertThat(semaphore.tryAcquire(1)).as("one permit is free, but there is a waiter").isFalse();
            assertThat(semaphore.tryAcquire(0)).isFalse();
            Goroutine small = crew.go(() -> semaphore.acquire(1));
            Eventually.blocked(small, WaitReason.SEMAPHORE_ACQUIRE);
            semaphore.release(1);
            Eventually.ended(large);
            assertThat(small.waitReason()).isEqualTo(WaitReason.SEMAPHORE_ACQUIRE);
            semaphore.release(2);
        }
    }

    @Test
    @Pins("SM-01")
    void timeoutEndsTheWaitAndTakesNothing() { // TestWeightedAcquire
        Weighted semaphore = new Weighted(2);
        semaphore.acquire(1);
        assertThat(acquiresInTime(semaphore)).isTrue();
        assertThat(acquiresInTime(semaphore)).isFalse();
        semaphore.release(2);
        assertThat(acquiresInTime(semaphore)).isTrue();
        semaphore.acquire(1);
        assertThat(acquiresInTime(semaphore)).isFalse();
    }

    private static boolean acquiresInTime(Weighted semaphore) {
        boolean free = semaphore.tryAcquire(1);
        if (free) {
            semaphore.release(1);
        }
        try (var short_ = Context.background().withTimeout(free ? Duration.ofHours(1) : Duration.ofMillis(5))) {
            semaphore.acquire(short_, 1);
            return true;
        } catch (DeadlineExceededException late) {
            return false;
        }
    }

    @Test
    @Pins("SM-03")
    void tooLargeRequestBlocksNoOther() { // TestWeightedDoesntBlockIfTooBig
        Weighted semaphore = new Weighted(2);
        try (var crew = new Crew()) {
            Goroutine tooBig =
                    crew.go(() ->
                            assertThatThrownBy(() -> semaphore.acquire(context, 3))
                                    .isInstanceOf(CanceledException.class));
            Eventually.blocked(tooBig, WaitReason.SEMAPHORE_ACQUIRE);
            ErrGroup group = ErrGroup.withContext(Context.background());
            for (int i = 0; i < 6; i++) {
                group.go(() -> {
                    semaphore.acquire(group.context(), 1);
                    Go.gosched();
                    semaphore.release(1);
                });
            }
            crew.go(group::await);
            Eventually.that("the small requests are done", () -> group.context().err() != null);
            assertThat(tooBig.waitReason()).isEqualTo(WaitReason.SEMAPHORE_ACQUIRE);
            context.cancel();
        }
        assertThat(semaphore.tryAcquire(2)).isTrue();
    }

    @Test
    @Pins("SM-02")
    void largeRequestIsServedAmongManySmallOnes() { // TestLargeAcquireDoesntStarve
        int n = 4;
        Weighted semaphore = new Weighted(n);
        AtomicBoolean running = new AtomicBoolean(true);
        try (var crew = new Crew()) {
            for (int i = 0; i < n; i++) {
                semaphore.acquire(1);
                crew.go(() -> {
                    while (running.get()) {
                        Go.sleep(Duration.ofMillis(1));
                        semaphore.release(1);
                        semaphore.acquire(1);
                    }
                    semaphore.release(1);
                });
            }
            semaphore.acquire(n);
            running.set(false);
            semaphore.release(n);
        }
        assertThat(semaphore.tryAcquire(n)).isTrue();
    }

    @Test
    @Pins("SM-04")
    void cancelledWaiterLetsTheNextProceed() { // TestAllocCancelDoesntStarve
        for (int round = 0; round < 300; round++) {
            CancelContext mine = Context.background().withCancel();
            Weighted semaphore = new Weighted(10);
            semaphore.acquire(1);
            try (var crew = new Crew()) {
                crew.go(() ->
                        assertThatThrownBy(() -> semaphore.acquire(mine, 10)).isInstanceOf(CanceledException.class));
                while (semaphore.tryAcquire(1)) {
                    semaphore.release(1);
                    Go.gosched();
                }
                crew.go(mine::cancel);
                semaphore.acquire(1); // nine permits are free: only the cancelled waiter is ahead
            }
            semaphore.release(2);
            assertThat(semaphore.tryAcquire(10)).isTrue();
        }
    }

    /// A cancelled wait in the middle of the queue lets no other waiter proceed. A cancelled wait at the head lets waiters
    /// proceed as long as there are enough permits.
    @Test
    @Pins("SM-04")
    void onlyACancelledHeadLetsOthersProceed() {
        Weighted semaphore = new Weighted(4);
        semaphore.acquire(2);
        CancelContext second = Context.background().withCancel();
        try (var crew = new Crew()) {
            List<Goroutine> queue = new ArrayList<>();
            queue.add(
                    crew.go(() ->
                            assertThatThrownBy(() -> semaphore.acquire(context, 3))
                                    .isInstanceOf(CanceledException.class)));
            Eventually.blocked(queue.get(0), WaitReason.SEMAPHORE_ACQUIRE);
            queue.add(
                    crew.go(() ->
                            assertThatThrownBy(() -> semaphore.acquire(second, 4))
                                    .isInstanceOf(CanceledException.class)));
            Eventually.blocked(queue.get(1), WaitReason.SEMAPHORE_ACQUIRE);
            for (int i = 2; i < 4; i++) {
                queue.add(crew.go(() -> semaphore.acquire(1)));
                Eventually.blocked(queue.get(i), WaitReason.SEMAPHORE_ACQUIRE);
            }
            second.cancel();
            Eventually.ended(queue.get(1));
            assertThat(queue.get(2).waitReason()).isEqualTo(WaitReason.SEMAPHORE_ACQUIRE);
            context.cancel();
        }
        assertThat(semaphore.tryAcquire(1)).isFalse();
        semaphore.release(4);
    }

    /// The context is cancelled before the permits are released. So the acquire must fail, even if it notices the cancellation
    /// late.
    @Test
    @Pins("SM-01")
    void cancellationBeforeTheReleaseWins() { // TestWeightedAcquireCanceled
        for (int round = 0; round < 1000; round++) {
            CancelContext mine = Context.background().withCancel();
            Weighted semaphore = new Weighted(2);
            semaphore.acquire(1);
            try (var crew = new Crew()) {
                crew.go(() -> {
                    while (semaphore.tryAcquire(1)) {
                        semaphore.release(1);
                        Go.gosched();
                    }
                    mine.cancel();
                    semaphore.release(1);
                });
                assertThatThrownBy(() -> semaphore.acquire(mine, 2)).isInstanceOf(CanceledException.class);
            }
            assertThat(semaphore.tryAcquire(2)).isTrue();
            semaphore.release(2);
            assertThatThrownBy(() -> semaphore.acquire(mine, 1)).isInstanceOf(CanceledException.class);
            assertThat(semaphore.tryAcquire(2)).isTrue();
        }
    }

    /// The same for a context that does not notify the waiter.
    @Test
    @Pins("SM-01")
    void cancellationBeforeTheReleaseWinsWithoutNotification() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Context silent = new SilentContext(cancelled);
        Weighted semaphore = new Weighted(1);
        semaphore.acquire(1);
        try (var crew = new Crew()) {
            Goroutine waiting =
                    crew.go(() ->
                            assertThatThrownBy(() -> semaphore.acquire(silent, 1))
                                    .isInstanceOf(CanceledException.class));
            Eventually.blocked(waiting, WaitReason.SEMAPHORE_ACQUIRE);
            cancelled.set(true);
            semaphore.release(1);
        }
        assertThat(semaphore.tryAcquire(1)).isTrue();
    }
}
