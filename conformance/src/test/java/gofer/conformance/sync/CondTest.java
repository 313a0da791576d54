package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Cancellation;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Cond;
import gofer.sync.Held;
import gofer.sync.Internals;
import gofer.sync.Locker;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// `cond_test.go`.
class CondTest {

    private final Mutex mu = new Mutex();
    private final Cond cond = new Cond(mu);
    private final List<Integer> awake = new ArrayList<>(); // guarded by mu

    @SuppressWarnings("AwaitNotInLoop")
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

    @Test
    @Pins("CO-01")
    void awaitReleasesAndReacquiresTheLock() {
        try (var crew = new Crew()) {
            Goroutine waiter = waiting(crew, 0);
            assertThat(mu.tryLock()).as("it waits without the lock").isTrue();
            cond.signal();
            Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
            assertThat(awake).isEmpty();
            mu.unlock();
        }
        assertThat(awake).containsExactly(0);
    }

    @Test
    @Pins("CO-01")
    void noWaiterWakesWithoutASignal() {
        try (var crew = new Crew()) {
            Goroutine waiter = waiting(crew, 0);
            for (int i = 0; i < 100; i++) {
                LockSupport.unpark(waiter.thread());
                Eventually.blocked(waiter, WaitReason.COND_WAIT);
            }
            assertThat(Internals.waiters(cond)).isEqualTo(1);
            cond.signal();
        }
    }

    /// Each signal wakes one goroutine, and the others keep waiting.
    @Test
    @Pins({"CO-01", "CO-02"})
    void signalWakesOne() { // TestCondSignal
        try (var crew = new Crew()) {
            List<Goroutine> waiters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiters.add(waiting(crew, i));
            }
            for (int i = 0; i < 3; i++) {
                cond.signal();
                Eventually.ended(waiters.get(i));
                assertThat(waiters.subList(i + 1, 3)).allMatch(waiter -> waiter.waitReason() == WaitReason.COND_WAIT);
            }
        }
        cond.signal();
    }

    /// All goroutines wait before the first signal. The signals come without the lock and with it.
    @Test
    @Pins("CO-02")
    void signalsWakeInTheOrderOfArrival() { // TestCondSignalGenerations
        int n = 100;
        try (var crew = new Crew()) {
            List<Goroutine> waiters = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                waiters.add(waiting(crew, i));
            }
            for (int i = 0; i < n; i++) {
                if (i % 2 == 0) {
                    cond.signal();
                } else {
                    try (var _ = mu.lock()) {
                        cond.signal();
                    }
                }
                Eventually.ended(waiters.get(i));
                assertThat(Internals.waiters(cond)).isEqualTo(n - 1 - i);
            }
        }
        assertThat(awake).hasSize(n).isSorted();
    }

    @Test
    @Pins({"CO-02", "CO-03"})
    void signalWithoutAWaiterIsLost() {
        cond.signal();
        cond.broadcast();
        try (var crew = new Crew()) {
            waiting(crew, 0);
            assertThat(Internals.waiters(cond)).isEqualTo(1);
            cond.signal();
        }
    }

    /// In each round, all goroutines wait and are woken together.
    @Test
    @Pins("CO-03")
    void broadcastWakesAllWaiters() { // TestCondBroadcast
        int n = 50;
        int rounds = 50;
        AtomicInteger asleep = new AtomicInteger(); // guarded by mu
        int[] round = {0}; // guarded by mu
        try (var crew = new Crew()) {
            for (int i = 0; i < n; i++) {
                crew.go(() -> {
                    try (var _ = mu.lock()) {
                        for (int mine = 0; mine < rounds; mine++) {
                            asleep.incrementAndGet();
                            cond.await();
                            assertThat(round[0]).isEqualTo(mine + 1);
                        }
                    }
                });
            }
            for (int next = 1; next <= rounds; next++) {
                Eventually.that("all sleep", () -> asleep.get() == n && Internals.waiters(cond) == n);
                try (var _ = mu.lock()) {
                    asleep.set(0);
                    round[0] = next;
                    cond.broadcast();
                }
            }
        }
    }

    @Test
    @Pins("CO-03")
    void broadcastDoesNotWakeLaterWaiters() {
        try (var crew = new Crew()) {
            waiting(crew, 0);
            cond.broadcast();
            Goroutine late = waiting(crew, 1);
            assertThat(Internals.waiters(cond)).isEqualTo(1);
            cond.signal();
            Eventually.ended(late);
        }
    }

    /// The signal wakes the goroutine that has waited longer, whenever the newcomer begins to wait.
    @Test
    @Pins("CO-04")
    @SuppressWarnings("AwaitNotInLoop")
    void newcomerDoesNotStealTheSignal() { // TestCondSignalStealing
        for (int i = 0; i < 1000; i++) {
            boolean[] done = {false};
            Mutex lock = new Mutex();
            Cond changed = new Cond(lock);
            try (var crew = new Crew()) {
                WaitGroup about = new WaitGroup();
                about.add(1);
                Goroutine first =
                        crew.go(() -> {
                            try (var _ = lock.lock()) {
                                about.done();
                                changed.await();
                            }
                        });
                about.await();
                lock.lock().close(); // from here on the first one waits
                crew.go(() -> {
                    try (var _ = lock.lock()) {
                        while (!done[0]) {
                            changed.await();
                        }
                    }
                });
                changed.signal();
                Eventually.ended(first);
                try (var _ = lock.lock()) {
                    done[0] = true;
                }
                changed.broadcast();
            }
        }
    }

    /// Every signal comes after the unlock and before the sleep.
    @Test
    @Pins({"CO-04", "CO-06"})
    void signalBetweenUnlockAndSleepIsNotLost() {
        Cond[] own = new Cond[1];
        var signalling =
                new Locker() {
                    @Override
                    public Held lock() {
                        return mu.lock();
                    }

                    @Override
                    public Held lock(Cancellation ctx) {
                        return mu.lock(ctx);
                    }

                    @Override
                    public void unlock() {
                        mu.unlock();
                        own[0].signal();
                    }
                };
        own[0] = new Cond(signalling);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 100; i++) {
                    try (var _ = mu.lock()) {
                        own[0].await();
                    }
                }
            });
        }
    }

    /// Readers wait together, and hold the read lock together when they return.
    @Test
    @Pins("CO-06")
    void readersCanWait() {
        RWMutex shared = new RWMutex();
        Cond changed = new Cond(shared.rLocker());
        WaitGroup back = new WaitGroup();
        boolean[] ready = {false};
        int readers = 5;
        back.add(readers);
        try (var crew = new Crew()) {
            for (int i = 0; i < readers; i++) {
                Goroutine reader =
                        crew.go(() -> {
                            try (var _ = shared.rLock()) {
                                while (!ready[0]) {
                                    changed.await();
                                }
                                back.done();
                                back.await();
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
}
