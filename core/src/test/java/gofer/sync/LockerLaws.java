package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Nulls;
import gofer.fixture.Rounds;
import gofer.goroutine.FatalError;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every locker owes its users.
abstract class LockerLaws {

    private final Locker locker;
    private final Locker bar; // while it is held, `locker` waits
    private final WaitReason reason;
    private final String misuse;

    private final RuntimeException enough = new IllegalArgumentException("enough");
    private final ManualCancellation ctx = new ManualCancellation();

    LockerLaws(Locker locker, Locker bar, WaitReason reason, String misuse) {
        this.locker = locker;
        this.bar = bar;
        this.reason = reason;
        this.misuse = misuse;
    }

    /// Whether nobody holds the lock; it is left as it is.
    abstract boolean isFree();

    /// How many stand in its queues.
    abstract int waiters();

    /// Whatever a law did, in the end nobody holds the lock, and nothing of a wait is left.
    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(isFree()).as("free").isTrue();
        assertThat(waiters()).isZero();
        assertThat(ctx.hooks()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void lockWaitsUntilItCanHaveTheLock() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(locker::lock);
            Eventually.blocked(waiter, reason);
            bar.unlock();
        }
        assertThat(isFree()).isFalse();
        locker.unlock();
    }

    @Test
    void aPlatformThreadWaitsToo() {
        bar.lock();
        try (var crew = new Crew()) {
            Thread waiter = crew.thread(locker::lock);
            Eventually.blocked(waiter, reason);
            bar.unlock();
        }
        locker.unlock();
    }

    @Test
    void everyLockReturnsTheSameHeldWhichUnlocks() {
        Held first = locker.lock();
        first.close();
        assertThat(isFree()).isTrue();
        try (var held = locker.lock(ctx)) {
            assertThat(held).isSameAs(first);
            assertThat(isFree()).isFalse();
        }
    }

    @Test
    void anotherGoroutineOrThreadMayUnlock() {
        try (var crew = new Crew()) {
            locker.lock();
            crew.go(locker::unlock);
        }
        try (var crew = new Crew()) {
            locker.lock();
            crew.thread(locker::unlock);
        }
    }

    @Test
    void unlockOfUnlockedIsFatalAndChangesNothing() {
        assertThatThrownBy(locker::unlock).isInstanceOf(FatalError.class).hasMessage(misuse);
        assertThat(isFree()).isTrue();
        locker.lock().close();
        assertThatThrownBy(locker::unlock).isInstanceOf(FatalError.class).hasMessage(misuse);
    }

    @Test
    void anInterruptedWaitHasNoEffect() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        assertThatThrownBy(locker::lock)
                                .isInstanceOf(InterruptException.class)
                                .hasMessage("interrupted during " + reason);
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            Eventually.blocked(waiter, reason);
            waiter.thread().interrupt();
            Eventually.ended(waiter);
            assertThat(waiters()).isZero();
        }
        bar.unlock();
    }

    @Test
    void anInterruptedThreadTakesALockThatIsFree() {
        Thread.currentThread().interrupt();
        locker.lock().close();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }

    @Test
    void aCancelledWaitThrowsTheCauseAndHasNoEffect() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(() -> locker.lock(ctx)).isSameAs(enough));
            Eventually.blocked(waiter, reason);
            ctx.cancel(enough);
            Eventually.ended(waiter);
            assertThat(waiters()).isZero();
        }
        bar.unlock();
    }

    @Test
    void aCancelledContextWinsOverALockThatIsFree() {
        ctx.cancel(enough);
        assertThatThrownBy(() -> locker.lock(ctx)).isSameAs(enough);
    }

    @Test
    void aContextThatIsNotCancelledIsForgottenWhenTheLockIsHad() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> locker.lock(ctx));
            Eventually.blocked(waiter, reason);
            assertThat(ctx.hooks()).isEqualTo(1);
            bar.unlock();
        }
        assertThat(ctx.hooks()).isZero();
        locker.unlock();
    }

    /// The unlock has let the waiter through; what comes after that comes too late.
    @Test
    void whoeverWasLetThroughHasTheLockInSpiteOfALaterInterrupt() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        locker.lock();
                        Eventually.that("the interrupt is kept", Thread.currentThread()::isInterrupted);
                    });
            Eventually.blocked(waiter, reason);
            bar.unlock();
            waiter.thread().interrupt();
        }
        locker.unlock();
    }

    @Test
    void whoeverWasLetThroughHasTheLockInSpiteOfALaterCancellation() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> locker.lock(ctx));
            Eventually.blocked(waiter, reason);
            bar.unlock();
            ctx.cancel(enough);
        }
        locker.unlock();
    }

    /// Every third of those who wait gives up, the first and the last among them: all others get the lock.
    @Test
    void thoseWhoGiveUpDoNotHoldOthersUp() {
        AtomicInteger locked = new AtomicInteger();
        AtomicInteger gaveUp = new AtomicInteger();
        List<Goroutine> waiters = new ArrayList<>();
        bar.lock();
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                waiters.add(
                        crew.go(() -> {
                            try (var _ = locker.lock()) {
                                locked.incrementAndGet();
                            } catch (InterruptException enough) {
                                gaveUp.incrementAndGet();
                            }
                        }));
                Eventually.blocked(waiters.get(i), reason);
            }
            for (int i = 0; i < 10; i += 3) {
                waiters.get(i).thread().interrupt();
                Eventually.ended(waiters.get(i));
            }
            bar.unlock();
        }
        assertThat(gaveUp.get()).isEqualTo(4);
        assertThat(locked.get()).isEqualTo(6);
    }

    @Test
    void waitsThatWereGivenUpLeaveNothing() {
        bar.lock();
        for (int i = 0; i < Rounds.of(100_000); i++) {
            Thread.currentThread().interrupt();
            assertThat(interruptedWait()).isTrue();
        }
        assertThat(waiters()).isZero();
        bar.unlock();
    }

    private boolean interruptedWait() {
        try {
            locker.lock();
            return false;
        } catch (InterruptException expected) {
            return Thread.interrupted();
        }
    }

    @Test
    void theContextMustNotBeNull() {
        assertThatThrownBy(() -> locker.lock(Nulls.nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("ctx");
    }
}
