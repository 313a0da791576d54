package gofer.group;

import static gofer.Go.select;
import static gofer.Go.trySelect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Biased;
import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.sync.Held;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Acquisitions of permits as arms of a select.
class AcquiringTest {

    private static final int PERMITS = 3;

    private final Weighted semaphore = new Weighted(PERMITS);
    private final Chan<Integer> chan = Chan.make();

    @Test
    void acquiresAndReleases() {
        for (int n = 0; n <= PERMITS; n++) {
            switch (select(semaphore.acquiring(n), RecvChan.never())) {
                case First(var held) -> {
                    assertThat(semaphore.tryAcquire(PERMITS - n)).isTrue();
                    assertThat(trySelect(semaphore.acquiring(1))).isEqualTo(new Default<>());
                    semaphore.release(PERMITS - n);
                    held.close();
                }
                case Second(_) -> throw new AssertionError("a value");
            }
            expectAllFree();
        }
    }

    private static void acquire(Weighted semaphore, long n) {
        switch (select(semaphore.acquiring(n))) {
            case First(var held) -> held.close();
        }
    }

    @Test
    void anotherReadyArmMayBeChosen() {
        Chan<Integer> ready = Chan.make(1);
        ready.send(1);
        assertThat(Biased.select(ready, semaphore.acquiring(1))).isEqualTo(new First<>(new Value<>(1)));
        expectAllFree();
        assertThat(Biased.select(ready, semaphore.acquiring(1))).isInstanceOf(Second.class);
        semaphore.release(1);
        expectAllFree();
    }

    @Test
    void waitsForAPermit() {
        semaphore.acquire(PERMITS);
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> assertThat(select(semaphore.acquiring(2), chan)).isInstanceOf(First.class));
            Eventually.blocked(waiter, WaitReason.SELECT);
            semaphore.release(1);
            assertThat(semaphore.tryAcquire(1)).isFalse(); // the waiter is first
            semaphore.release(1);
        }
        semaphore.release(PERMITS);
        expectAllFree();
    }

    /// A request that was behind the arm gets its permits.
    @Test
    void anArmThatLosesAcquiresNothingAndBlocksNoOther() {
        semaphore.acquire(1);
        try (var crew = new Crew()) {
            Goroutine large =
                    crew.go(() ->
                            assertThat(select(semaphore.acquiring(PERMITS), chan))
                                    .isEqualTo(new Second<>(new Value<>(7))));
            Eventually.blocked(large, WaitReason.SELECT);
            Goroutine small = crew.go(() -> semaphore.acquire(2));
            Eventually.blocked(small, WaitReason.SEMAPHORE_ACQUIRE);
            chan.send(7);
        }
        semaphore.release(3);
        expectAllFree();
    }

    @Test
    void moreThanThereAreIsNeverReady() {
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() ->
                            assertThat(select(semaphore.acquiring(PERMITS + 1), chan))
                                    .isEqualTo(new Second<>(new Value<>(1))));
            Eventually.blocked(waiter, WaitReason.SELECT);
            semaphore.acquire(PERMITS).close(); // the arm blocks no other request
            chan.send(1);
        }
        assertThat(trySelect(semaphore.acquiring(PERMITS + 1))).isEqualTo(new Default<>());
        assertThatThrownBy(() -> semaphore.acquiring(-1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("semaphore: negative weight: -1");
    }

    @Test
    void anArmCanBeUsedAgain() {
        var arm = semaphore.acquiring(2);
        for (int i = 0; i < 3; i++) {
            switch (select(arm)) {
                case First(var held) -> held.close();
            }
        }
        expectAllFree();
    }

    @Test
    void twoArmsOfOneSelectAcquireOnce() {
        semaphore.acquire(PERMITS);
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() ->
                            assertThat(select(semaphore.acquiring(1), semaphore.acquiring(2)))
                                    .isInstanceOf(First.class));
            Eventually.blocked(waiter, WaitReason.SELECT);
            semaphore.release(PERMITS);
        }
        assertThat(semaphore.tryAcquire(PERMITS - 1)).isTrue();
        semaphore.release(PERMITS);
        expectAllFree();
    }

    /// The requests of one select do not wait for each other, in either order.
    @Test
    void aSmallArmDoesNotWaitForALargeOne() {
        semaphore.acquire(PERMITS);
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() ->
                            assertThat(select(semaphore.acquiring(3), semaphore.acquiring(1), semaphore.acquiring(2)))
                                    .isInstanceOf(Second.class));
            Eventually.blocked(waiter, WaitReason.SELECT);
            semaphore.release(1);
        }
        assertThat(semaphore.tryAcquire(1)).isFalse();
        semaphore.release(PERMITS);
        expectAllFree();
    }

    @Test
    void ofEqualArmsEitherMayBeChosen() {
        var chosen = new boolean[2];
        while (!chosen[0] || !chosen[1]) {
            semaphore.acquire(PERMITS);
            try (var crew = new Crew()) {
                Goroutine waiter =
                        crew.go(() -> {
                            switch (select(semaphore.acquiring(1), semaphore.acquiring(1))) {
                                case First(_) -> chosen[0] = true;
                                case Second(_) -> chosen[1] = true;
                            }
                        });
                Eventually.blocked(waiter, WaitReason.SELECT);
                semaphore.release(1);
            }
            semaphore.release(PERMITS);
        }
    }

    @Test
    void anInterruptedSelectAcquiresNothing() {
        semaphore.acquire(PERMITS);
        try (var crew = new Crew()) {
            Thread waiter =
                    crew.thread(() ->
                            assertThatThrownBy(() -> select(semaphore.acquiring(1), chan))
                                    .isInstanceOf(InterruptException.class));
            Eventually.blocked(waiter, WaitReason.SELECT);
            waiter.interrupt();
        }
        semaphore.release(PERMITS);
        expectAllFree();
    }

    @Test
    void lostArmsLeaveNothingBehind() {
        semaphore.acquire(PERMITS);
        int rounds = Rounds.of(300_000);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < rounds; i++) {
                    chan.send(i);
                }
            });
            for (int i = 0; i < rounds; i++) {
                assertThat(select(semaphore.acquiring(1), chan)).isEqualTo(new Second<>(new Value<>(i)));
            }
        }
        assertThat(semaphore.core.queued()).isEmpty();
    }

    /// Selects, acquires and interrupts at random. At each moment at most as many permits are taken as there are, and
    /// in the end all are free.
    @Test
    void accountsForEachPermit() {
        var other = new Weighted(1);
        var taken = new AtomicInteger();
        try (var crew = new Crew()) {
            for (int i = 0; i < 6; i++) {
                var random = new Random(i);
                crew.go(() -> {
                    for (int round = 0; round < Rounds.of(20_000); round++) {
                        work(random, other, taken);
                    }
                });
            }
        }
        assertThat(taken.get()).isZero();
        expectAllFree();
        acquire(other, 1);
        assertThat(semaphore.core.queued()).isEmpty();
        assertThat(other.core.queued()).isEmpty();
    }

    private void work(Random random, Weighted other, AtomicInteger taken) {
        int n = 1 + random.nextInt(PERMITS);
        if (random.nextInt(10) == 0) {
            Thread.currentThread().interrupt();
        }
        try {
            switch (random.nextInt(4)) {
                case 0 -> hold(semaphore.acquire(n), n, taken);
                case 1 -> {
                    if (semaphore.tryAcquire(n)) {
                        hold(() -> semaphore.release(n), n, taken);
                    }
                }
                default -> {
                    switch (select(semaphore.acquiring(n), other.acquiring(1))) {
                        case First(var held) -> hold(held, n, taken);
                        case Second(var held) -> {
                            Thread.yield();
                            held.close();
                        }
                    }
                }
            }
        } catch (InterruptException _) {
            assertThat(Thread.interrupted()).isTrue();
        }
        var _ = Thread.interrupted();
    }

    private static void hold(Held held, int n, AtomicInteger taken) {
        assertThat(taken.addAndGet(n)).isLessThanOrEqualTo(PERMITS);
        Thread.yield();
        taken.addAndGet(-n);
        held.close();
    }

    private void expectAllFree() {
        assertThat(semaphore.tryAcquire(PERMITS)).isTrue();
        semaphore.release(PERMITS);
    }
}
