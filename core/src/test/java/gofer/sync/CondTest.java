package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Nulls;
import gofer.goroutine.FatalError;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("AwaitNotInLoop")
class CondTest {

    private final Mutex mu = new Mutex();
    private final Cond cond = new Cond(mu);
    private final RuntimeException enough = new IllegalArgumentException("enough");
    private final ManualCancellation ctx = new ManualCancellation();

    private final List<Integer> awake = new ArrayList<>(); // guarded by mu

    /// After each test, the lock is unlocked and no waiter is left.
    @AfterEach
    void expectCleanState() {
        assertThat(mu.tryLock()).isTrue();
        assertThat(Internals.waiters(cond)).isZero();
        assertThat(ctx.hooks()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    /// Starts a goroutine that waits, and records when it wakes.
    private Goroutine waiting(Crew crew, int number) {
        Goroutine waiter =
                crew.go(() -> {
                    try (var _ = mu.lock()) {
                        cond.await();
                        awake.add(number);
                    }
                });
        Eventually.blocked(waiter, WaitReason.COND_WAIT);
        return waiter;
    }

    /// Starts a goroutine whose wait ends with `failure`, with the lock held.
    private Goroutine waitingForFailure(Crew crew, Class<? extends RuntimeException> failure) {
        Goroutine waiter =
                crew.go(() -> {
                    try (var _ = mu.lock()) {
                        assertThatThrownBy(() -> cond.await(ctx)).isInstanceOf(failure);
                        assertThat(mu.tryLock()).as("it has the lock").isFalse();
                    }
                });
        Eventually.blocked(waiter, WaitReason.COND_WAIT);
        return waiter;
    }

    @Test
    void signalWakesTheLongestWaiter() {
        try (var crew = new Crew()) {
            List<Goroutine> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiters.add(waiting(crew, i));
            }
            for (Goroutine next : waiters) {
                cond.signal();
                Eventually.ended(next);
            }
        }
        assertThat(awake).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void signalFromAPlatformThreadWakesAPlatformThread() {
        try (var crew = new Crew()) {
            Thread waiter =
                    crew.thread(() -> {
                        try (var _ = mu.lock()) {
                            cond.await();
                        }
                    });
            Eventually.blocked(waiter, WaitReason.COND_WAIT);
            crew.thread(cond::signal);
        }
    }

    @Test
    void broadcastWakesOnlyAllCurrentWaiters() {
        cond.broadcast();
        cond.signal();
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                waiting(crew, i);
            }
            cond.broadcast();
            crew.join();
            Goroutine late = waiting(crew, 10);
            assertThat(Internals.waiters(cond)).isEqualTo(1);
            cond.signal();
            Eventually.ended(late);
        }
        assertThat(awake).hasSize(11).endsWith(10);
    }

    @Test
    void waiterHoldsTheLockAgainAfterASignal() {
        try (var crew = new Crew()) {
            Goroutine waiter = waiting(crew, 0);
            try (var _ = mu.lock()) {
                cond.signal();
                Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
                assertThat(awake).isEmpty();
            }
        }
        assertThat(awake).containsExactly(0);
    }

    @Test
    void interruptedWaitThrowsWithTheLockHeld() {
        try (var crew = new Crew()) {
            Goroutine waiter = waitingForFailure(crew, InterruptException.class);
            try (var _ = mu.lock()) {
                waiter.thread().interrupt();
                Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
                assertThat(Internals.waiters(cond)).isZero();
            }
        }
    }

    @Test
    void cancelledWaitThrowsWithTheLockHeld() {
        try (var crew = new Crew()) {
            Goroutine waiter = waitingForFailure(crew, enough.getClass());
            try (var _ = mu.lock()) {
                ctx.cancel(enough);
                Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
                assertThat(Internals.waiters(cond)).isZero();
            }
        }
    }

    @Test
    void cancelledContextThrowsWithoutUnlocking() {
        ctx.cancel(enough);
        try (var _ = mu.lock()) {
            assertThatThrownBy(() -> cond.await(ctx)).isSameAs(enough);
            assertThat(mu.tryLock()).isFalse();
        }
    }

    /// The signal came first, and no other goroutine received it, so the wait must not fail.
    @Test
    void interruptAfterTheSignalIsKept() {
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        try (var _ = mu.lock()) {
                            cond.await();
                            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
                        }
                    });
            Eventually.blocked(waiter, WaitReason.COND_WAIT);
            try (var _ = mu.lock()) {
                cond.signal();
                waiter.thread().interrupt();
                Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
                waiter.thread().interrupt(); // and again, while it waits for the lock
                Eventually.that("it has cleared the interrupt and waits again", () -> !waiter.thread().isInterrupted());
            }
        }
    }

    @Test
    void cancellationAfterTheSignalHasNoEffect() {
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        try (var _ = mu.lock()) {
                            cond.await(ctx);
                        }
                    });
            Eventually.blocked(waiter, WaitReason.COND_WAIT);
            cond.signal();
            ctx.cancel(enough);
        }
    }

    @Test
    void signalSkipsWaitersThatGaveUp() {
        try (var crew = new Crew()) {
            Goroutine interrupted = waitingForFailure(crew, InterruptException.class);
            Goroutine patient = waiting(crew, 1);
            Goroutine last = waitingForFailure(crew, InterruptException.class);
            interrupted.thread().interrupt();
            last.thread().interrupt();
            Eventually.ended(interrupted);
            Eventually.ended(last);
            assertThat(Internals.waiters(cond)).isEqualTo(1);
            cond.signal();
            Eventually.ended(patient);
        }
        assertThat(awake).containsExactly(1);
    }

    @Test
    void awaitRequiresTheLock() {
        assertThatThrownBy(cond::await).isInstanceOf(FatalError.class).hasMessage("sync: unlock of unlocked mutex");
        assertThat(Internals.waiters(cond)).isZero();
    }

    /// Many wait under the read lock, and the goroutine that changes the condition has the write lock.
    @Test
    void lockerMayBeAReadLock() {
        RWMutex shared = new RWMutex();
        Cond changed = new Cond(shared.rLocker());
        boolean[] ready = {false};
        try (var crew = new Crew()) {
            for (int i = 0; i < 5; i++) {
                Goroutine reader =
                        crew.go(() -> {
                            try (var _ = shared.rLock()) {
                                while (!ready[0]) {
                                    changed.await();
                                }
                                assertThat(shared.tryLock()).isFalse();
                            }
                        });
                Eventually.blocked(reader, WaitReason.COND_WAIT);
            }
            try (var _ = shared.lock()) {
                ready[0] = true;
            }
            changed.broadcast();
        }
        assertThat(shared.tryLock()).isTrue();
    }

    @Test
    void nullIsRejected() {
        assertThatThrownBy(() -> new Cond(Nulls.nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("locker");
        try (var _ = mu.lock()) {
            assertThatThrownBy(() -> cond.await(Nulls.nothing()))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("ctx");
        }
    }
}
