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
abstract class LockerContract {

    private final Locker locker;
    private final Locker blocker; // while it is held, `locker` waits
    private final WaitReason reason;
    private final String misuse;

    private final RuntimeException enough = new IllegalArgumentException("enough");
    private final ManualCancellation ctx = new ManualCancellation();

    LockerContract(Locker locker, Locker blocker, WaitReason reason, String misuse) {
        this.locker = locker;
        this.blocker = blocker;
        this.reason = reason;
        this.misuse = misuse;
    }

    /// Returns whether the lock is free, without changing it.
    abstract boolean isFree();

    /// Returns how many waiters are in its queues.
    abstract int waiters();

    /// After each test, the lock is free and no waiter is left.
    @AfterEach
    void expectCleanState() {
        assertThat(isFree()).as("free").isTrue();
        assertThat(waiters()).isZero();
        assertThat(ctx.hooks()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void lockWaitsUntilTheLockIsFree() {
        blocker.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(locker::lock);
            Eventually.blocked(waiter, reason);
            blocker.unlock();
        }
        assertThat(isFree()).isFalse();
        locker.unlock();
    }

    @Test
    void platformThreadWaitsToo() {
        blocker.lock();
        try (var crew = new Crew()) {
            Thread waiter = crew.thread(locker::lock);
            Eventually.blocked(waiter, reason);
            blocker.unlock();
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
        blocker.lock();
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
        blocker.unlock();
    }

    @Test
    void interruptedThreadTakesAFreeLock() {
        Thread.currentThread().interrupt();
        locker.lock().close();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }

    @Test
    void cancelledWaitThrowsTheCauseAndHasNoEffect() {
        blocker.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(() -> locker.lock(ctx)).isSameAs(enough));
            Eventually.blocked(waiter, reason);
            ctx.cancel(enough);
            Eventually.ended(waiter);
            assertThat(waiters()).isZero();
        }
        blocker.unlock();
    }

    @Test
    void cancelledContextThrowsEvenIfTheLockIsFree() {
        ctx.cancel(enough);
        assertThatThrownBy(() -> locker.lock(ctx)).isSameAs(enough);
    }

    @Test
    void contextIsReleasedOnceTheLockIsHeld() {
        blocker.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> locker.lock(ctx));
            Eventually.blocked(waiter, reason);
            assertThat(ctx.hooks()).isEqualTo(1);
            blocker.unlock();
        }
        assertThat(ctx.hooks()).isZero();
        locker.unlock();
    }

    /// The unlock admits the waiter, and later events have no effect.
    @Test
    void laterInterruptDoesNotUndoTheLock() {
        blocker.lock();
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        locker.lock();
                        Eventually.that("the interrupt is kept", Thread.currentThread()::isInterrupted);
                    });
            Eventually.blocked(waiter, reason);
            blocker.unlock();
            waiter.thread().interrupt();
        }
        locker.unlock();
    }

    @Test
    void laterCancellationDoesNotUndoTheLock() {
        blocker.lock();
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> locker.lock(ctx));
            Eventually.blocked(waiter, reason);
            blocker.unlock();
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
        blocker.lock();
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
            blocker.unlock();
        }
        assertThat(gaveUp.get()).isEqualTo(4);
        assertThat(locked.get()).isEqualTo(6);
    }

    @Test
    void interruptedWaitsLeaveNoWaiters() {
        blocker.lock();
        for (int i = 0; i < Rounds.of(100_000); i++) {
            Thread.currentThread().interrupt();
            assertThat(interruptedWait()).isTrue();
        }
        assertThat(waiters()).isZero();
        blocker.unlock();
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
