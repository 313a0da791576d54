package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.sync.Mutex;
import org.junit.jupiter.api.Test;

/// Tests mutual exclusion. [MutexFairnessTest] tests the order of lockers.
class MutexTest {

    private final Mutex mu = new Mutex();
    private int plain;

    @Test
    @Pins("MU-01")
    void newMutexIsUnlocked() {
        assertThat(mu.tryLock()).isTrue();
        mu.unlock();
        mu.lock().close();
    }

    @Test
    @Pins("MU-01")
    void anotherGoroutineCanUnlock() { // TestNoRaceMutexSemaphore
        mu.lock();
        try (var crew = new Crew()) {
            crew.go(() -> {
                plain = 1;
                mu.unlock();
            });
            mu.lock();
            assertThat(plain).isEqualTo(1);
        }
    }

    @Test
    @Pins("MU-01")
    void lockingTwiceWaits() {
        try (var crew = new Crew()) {
            Goroutine twice =
                    crew.go(() -> {
                        mu.lock();
                        mu.lock();
                    });
            Eventually.blocked(twice, WaitReason.MUTEX_LOCK);
            mu.unlock();
            Eventually.ended(twice);
        }
        try (var crew = new Crew()) {
            Goroutine thrice = crew.go(() -> assertThatThrownBy(mu::lock).isInstanceOf(InterruptException.class));
            Eventually.blocked(thrice, WaitReason.MUTEX_LOCK);
            thrice.thread().interrupt();
        }
    }

    @Test
    @Pins("MU-03")
    void tryLockFailsIfLocked() {
        assertThat(mu.tryLock()).isTrue();
        assertThat(mu.tryLock()).isFalse();
        mu.unlock();
        mu.lock();
        assertThat(mu.tryLock()).isFalse();
    }

    /// One goroutine in three tries first, and waits if that fails.
    @Test
    @Pins({"MU-01", "MU-03"})
    void excludesOthers() { // TestMutex
        int goroutines = 10;
        int rounds = 1000;
        try (var crew = new Crew()) {
            for (int i = 0; i < goroutines; i++) {
                int me = i;
                crew.go(() -> {
                    for (int n = 0; n < rounds; n++) {
                        if ((me + n) % 3 != 0 || !mu.tryLock()) {
                            mu.lock();
                        }
                        int before = plain;
                        if (n % 10 == 0) {
                            Thread.yield();
                        }
                        plain = before + 1;
                        mu.unlock();
                    }
                });
            }
        }
        assertThat(plain).isEqualTo(goroutines * rounds);
    }
}
