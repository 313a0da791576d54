package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Locker;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `rwmutex_test.go`.
class RWMutexTest {

    private static final int WRITER = 10_000; // of the number inside: more than there are readers

    private final RWMutex mu = new RWMutex();

    /// Each reader unlocks only when all have locked.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    @Pins("RW-01")
    void readersAreInsideTogether(int readers) { // TestParallelReaders
        WaitGroup inside = new WaitGroup();
        inside.add(readers);
        try (var crew = new Crew()) {
            for (int i = 0; i < readers; i++) {
                crew.go(() -> {
                    try (var _ = mu.rLock()) {
                        inside.done();
                        inside.await();
                    }
                });
            }
        }
        assertThat(mu.tryLock()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    @Pins({"RW-01", "RW-05"})
    void writerIsExclusive(int readers) { // TestRWMutex
        AtomicInteger inside = new AtomicInteger();
        try (var crew = new Crew()) {
            for (int i = 0; i < 2; i++) {
                crew.go(() -> {
                    for (int n = 0; n < 1000; n++) {
                        if (n % 3 != 0 || !mu.tryLock()) {
                            mu.lock();
                        }
                        assertThat(inside.getAndAdd(WRITER)).isZero();
                        pause(n);
                        assertThat(inside.getAndAdd(-WRITER)).isEqualTo(WRITER);
                        mu.unlock();
                    }
                });
            }
            for (int i = 0; i < readers; i++) {
                crew.go(() -> {
                    for (int n = 0; n < 1000; n++) {
                        if (n % 3 != 0 || !mu.tryRLock()) {
                            mu.rLock();
                        }
                        assertThat(inside.getAndIncrement()).isBetween(0, readers - 1);
                        pause(n);
                        assertThat(inside.getAndDecrement()).isBetween(1, readers);
                        mu.rUnlock();
                    }
                });
            }
        }
        assertThat(inside.get()).isZero();
    }

    private static void pause(int n) {
        if (n % 10 == 0) {
            Thread.yield();
        }
    }

    @Test
    @Pins({"RW-02", "RW-05"})
    void waitingWriterBlocksNewReaders() {
        List<String> order = new ArrayList<>(); // guarded by mu
        mu.rLock();
        try (var crew = new Crew()) {
            Goroutine writer =
                    crew.go(() -> {
                        try (var _ = mu.lock()) {
                            order.add("writer");
                        }
                    });
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            Goroutine reader =
                    crew.go(() -> {
                        try (var _ = mu.rLock()) {
                            order.add("reader");
                        }
                    });
            Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
            assertThat(mu.tryRLock()).isFalse();
            mu.rUnlock();
        }
        assertThat(order).containsExactly("writer", "reader");
    }

    /// A second read lock of the same goroutine can wait forever.
    @Test
    @Pins({"RW-02", "RW-07"})
    void recursiveReadLockBehindAWriterWaits() {
        try (var crew = new Crew()) {
            mu.rLock();
            Goroutine writer = crew.go(() -> mu.lock().close());
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            Goroutine reader = crew.go(() -> mu.rLock().close());
            Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
            assertThat(writer.waitReason()).isEqualTo(WaitReason.RWMUTEX_LOCK);
            crew.go(mu::rUnlock); // there is no owner: another goroutine can unlock
        }
    }

    @Test
    @Pins("RW-02")
    void locksAreNeitherUpgradedNorDowngraded() {
        try (var crew = new Crew()) {
            Goroutine upgrade =
                    crew.go(() -> {
                        mu.rLock();
                        mu.lock();
                    });
            Eventually.blocked(upgrade, WaitReason.RWMUTEX_LOCK);
            mu.rUnlock();
            Eventually.ended(upgrade);
            Goroutine downgrade = crew.go(mu::rLock);
            Eventually.blocked(downgrade, WaitReason.RWMUTEX_RLOCK);
            mu.unlock();
        }
        mu.rUnlock();
    }

    /// A second writer has waited longer than all readers.
    @Test
    @Pins("RW-03")
    void writeUnlockReleasesAllWaitingReaders() {
        int readers = 5;
        WaitGroup inside = new WaitGroup();
        WaitGroup leave = new WaitGroup();
        inside.add(readers);
        leave.add(1);
        mu.lock();
        try (var crew = new Crew()) {
            Goroutine writer = crew.go(() -> mu.lock().close());
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            for (int i = 0; i < readers; i++) {
                Goroutine reader =
                        crew.go(() -> {
                            try (var _ = mu.rLock()) {
                                inside.done();
                                leave.await();
                            }
                        });
                Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
            }
            mu.unlock();
            inside.await();
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK); // again: it was woken, and waits for the readers
            leave.done();
        }
    }

    @Test
    @Pins("RW-05")
    void tryMethodsNeverWait() {
        assertThat(mu.tryRLock()).isTrue();
        assertThat(mu.tryRLock()).as("a second reader").isTrue();
        assertThat(mu.tryLock()).as("with readers").isFalse();
        mu.rUnlock();
        assertThat(mu.tryLock()).as("with one reader").isFalse();
        mu.rUnlock();
        assertThat(mu.tryLock()).isTrue();
        assertThat(mu.tryLock()).as("with a writer").isFalse();
        assertThat(mu.tryRLock()).as("with a writer").isFalse();
        mu.unlock();
    }

    @Test
    @Pins("RW-06")
    void readSideIsALocker() { // TestRLocker
        Locker reading = mu.rLocker();
        for (int i = 0; i < 10; i++) {
            try (var crew = new Crew()) {
                reading.lock();
                reading.lock();
                Goroutine writer = crew.go(mu::lock);
                Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
                reading.unlock();
                mu.rUnlock();
            }
            try (var crew = new Crew()) {
                Goroutine reader = crew.go(reading::lock);
                Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
                mu.unlock();
            }
            reading.unlock();
        }
        assertThat(mu.tryLock()).isTrue();
    }

    @Test
    @Pins("RW-07")
    void anotherGoroutineCanUnlock() {
        int[] plain = {0};
        mu.lock();
        try (var crew = new Crew()) {
            crew.go(() -> {
                plain[0] = 1;
                mu.unlock();
            });
            mu.rLock();
            assertThat(plain[0]).isEqualTo(1);
            crew.go(mu::rUnlock);
            mu.lock();
        }
    }
}
