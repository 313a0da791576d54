package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.fixture.Crew;
import gofer.fixture.ManualCancellation;
import gofer.goroutine.InterruptException;
import gofer.runtime.lock.WeightedCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Goroutines and platform threads use locks under interrupts and cancellations at random moments. The locks exclude, no thread
/// waits forever, and in the end the lock is unlocked.
class LockStressTest {

    private static final int WORKERS = 4; // of either kind
    private static final int LOCKS = 3_000; // by each worker
    private static final int CALLED_OFF = 200; // by all

    /// Locks, does something, and unlocks. Returns false if the lock could not be taken without waiting.
    @FunctionalInterface
    private interface Use {
        boolean of(ManualCancellation ctx, Random random);
    }

    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final AtomicReference<ManualCancellation> ctx = new AtomicReference<>(new ManualCancellation());
    private final AtomicInteger calledOff = new AtomicInteger();
    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private int guarded;

    @Test
    void mutex() {
        Mutex mu = new Mutex();
        stress(
                List.of(
                        (_, random) -> write(mu.lock(), random),
                        (ctx, random) -> write(mu.lock(ctx), random),
                        (_, random) -> mu.tryLock() && write(mu::unlock, random)));
        assertThat(mu.tryLock()).isTrue();
        assertThat(Internals.waiters(mu)).isZero();
    }

    @Test
    void rwMutex() {
        RWMutex mu = new RWMutex();
        stress(
                List.of(
                        (_, random) -> write(mu.lock(), random),
                        (ctx, random) -> write(mu.lock(ctx), random),
                        (_, random) -> mu.tryLock() && write(mu::unlock, random),
                        (_, random) -> read(mu.rLock(), random),
                        (ctx, random) -> read(mu.rLock(ctx), random),
                        (_, random) -> mu.tryRLock() && read(mu::rUnlock, random),
                        (_, random) -> read(mu.rLocker().lock(), random)));
        assertThat(mu.tryLock()).isTrue();
        assertThat(Internals.waiters(mu)).isZero();
    }

    /// A goroutine with all permits excludes the others.
    @Test
    void permits() {
        WeightedCore three = new WeightedCore(3);
        stress(
                List.of(
                        (_, random) -> write(taken(three, 3, null), random),
                        (ctx, random) -> write(taken(three, 3, ctx), random),
                        (_, random) -> three.tryAcquire(3) && write(() -> giveBack(three, 3), random),
                        (_, random) -> read(taken(three, 1, null), random),
                        (ctx, random) -> read(taken(three, 1, ctx), random),
                        (_, random) -> three.tryAcquire(1) && read(() -> giveBack(three, 1), random)));
        assertThat(three.tryAcquire(3)).isTrue();
        assertThat(three.facts()).containsEntry("waiting", 0);
    }

    private static Held taken(WeightedCore permits, long n, @Nullable ManualCancellation ctx) {
        permits.acquire(n, ctx);
        return () -> giveBack(permits, n);
    }

    private static void giveBack(WeightedCore permits, long n) {
        assertThat(permits.release(n)).isTrue();
    }

    /// Writers are rare, and each is interrupted at once. Readers use the fast path while the queue fills and empties.
    @Test
    void readersWithInterruptedWriters() {
        RWMutex mu = new RWMutex();
        AtomicBoolean over = new AtomicBoolean();
        try (var others = new Crew()) {
            // A thread, since goroutines that never wait would monopolize a single carrier.
            others.thread(() -> {
                while (!over.get()) {
                    Thread.currentThread().interrupt();
                    lockUnlessInterrupted(mu);
                }
            });
            try (var crew = new Crew()) {
                for (int i = 0; i < WORKERS; i++) {
                    Random random = new Random(i);
                    crew.go(() -> {
                        for (int n = 0; n < 20_000; n++) {
                            read(mu.rLock(), random);
                        }
                    });
                }
            } finally {
                over.set(true);
            }
        }
        assertThat(mu.tryLock()).isTrue();
        assertThat(Internals.waiters(mu)).isZero();
    }

    /// Locks and unlocks, or is interrupted and ignores that.
    static void lockUnlessInterrupted(Locker locker) {
        try (var _ = locker.lock()) {
            Thread.interrupted();
        } catch (InterruptException enough) {
            Thread.interrupted();
        }
    }

    private void stress(List<Use> uses) {
        AtomicBoolean over = new AtomicBoolean();
        try (var disturbers = new Crew()) {
            try (var crew = new Crew()) {
                List<Thread> workers = new ArrayList<>();
                for (int i = 0; i < WORKERS; i++) {
                    int seed = i;
                    workers.add(crew.go(() -> work(uses, new Random(seed), 0)).thread());
                    workers.add(crew.thread(() -> work(uses, new Random(~seed), CALLED_OFF)));
                }
                disturbers.thread(() -> disturb(workers, over));
            } finally {
                over.set(true);
            }
        }
        assertThat(guarded).isEqualTo(writes.get());
        assertThat(readers.get()).isZero();
        assertThat(ctx.get().hooks()).isZero();
    }

    private void disturb(List<Thread> workers, AtomicBoolean over) {
        Random random = new Random();
        while (!over.get()) {
            if (random.nextInt(4) == 0) {
                ctx.getAndSet(new ManualCancellation()).cancel(new Cancelled());
            } else {
                workers.get(random.nextInt(workers.size())).interrupt();
            }
            LockSupport.parkNanos(10_000);
        }
    }

    private void work(List<Use> uses, Random random, int enoughCalledOff) {
        for (int locks = 0; locks < LOCKS || calledOff.get() < enoughCalledOff; ) {
            try {
                if (uses.get(random.nextInt(uses.size())).of(ctx.get(), random)) {
                    locks++;
                }
            } catch (InterruptException again) {
                assertThat(Thread.interrupted()).isTrue();
                calledOff.incrementAndGet();
            } catch (Cancelled again) {
                calledOff.incrementAndGet();
            }
        }
    }

    private boolean write(Held held, Random random) {
        try (held) {
            int before = guarded;
            pause(random);
            assertThat(readers.get()).isZero();
            guarded = before + 1;
            writes.incrementAndGet();
        }
        return true;
    }

    private boolean read(Held held, Random random) {
        try (held) {
            readers.incrementAndGet();
            int before = guarded;
            pause(random);
            assertThat(guarded).isEqualTo(before);
            readers.decrementAndGet();
        }
        return true;
    }

    private static void pause(Random random) {
        if (random.nextInt(8) == 0) {
            Go.gosched();
        }
    }
}
