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

/// The contract of every locker.
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

    /// Returns whether the lock is free, without changing it.
    abstract boolean isFree();

    /// Returns how many waiters are in its queues.
    abstract int waiters();

    /// Whatever a test did, in the end the lock is free, and no wait is left.
    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(isFree()).as("free").isTrue();
        assertThat(waiters()).isZero();
        assertThat(ctx.hooks()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void lockWaitsUntilTheLockIsFree() {
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
    void platformThreadWaitsToo() {
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
    void interruptedWaitHasNoEffect() {
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
    void interruptedThreadTakesAFreeLock() {
        Thread.currentThread().interrupt();
        locker.lock().close();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }

    @Test
    void cancelledWaitThrowsTheCauseAndHasNoEffect() {
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
    void cancelledContextThrowsEvenIfTheLockIsFree() {
        ctx.cancel(enough);
        assertThatThrownBy(() -> locker.lock(ctx)).isSameAs(enough);
    }

    @Test
    void contextIsReleasedOnceTheLockIsHeld() {
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

    /// The unlock has let the waiter through, and later events have no effect.
    @Test
    void laterInterruptDoesNotUndoTheLock() {
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
    void laterCancellationDoesNotUndoTheLock() {
        bar.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> locker.lock(ctx));
            Eventually.blocked(waiter, reason);
            bar.unlock();
            ctx.cancel(enough);
        }
        locker.unlock();
    }

    /// Every third waiter gives up, including the first and the last, and all others get the lock.
    @Test
    void waitersThatGiveUpDoNotDelayOthers() {
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
    void abandonedWaitsLeaveNothing() {
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
    void nullContextIsRejected() {
        assertThatThrownBy(() -> locker.lock(Nulls.nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("ctx");
    }
}
