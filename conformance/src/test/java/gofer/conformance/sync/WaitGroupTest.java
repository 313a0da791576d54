package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Internals;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// `waitgroup_test.go`.
class WaitGroupTest {

    private final WaitGroup wg = new WaitGroup();

    /// All count down one group and wait for the other, repeatedly with the same two groups.
    @Test
    @Pins({"WG-01", "WG-04"})
    void allWaitersAreReleasedAtZero() { // TestWaitGroup
        int n = 16;
        WaitGroup go = new WaitGroup();
        for (int round = 0; round < 8; round++) {
            AtomicInteger through = new AtomicInteger();
            wg.add(n);
            go.add(n);
            try (var crew = new Crew()) {
                for (int i = 0; i < n; i++) {
                    crew.go(() -> {
                        wg.done();
                        go.await();
                        through.incrementAndGet();
                    });
                }
                wg.await();
                for (int i = 0; i < n; i++) {
                    assertThat(through.get()).as("early").isZero();
                    go.done();
                }
            }
            assertThat(through.get()).isEqualTo(n);
        }
    }

    @Test
    @Pins("WG-01")
    void awaitAtZeroReturnsAtOnce() {
        wg.await();
        wg.add(3);
        wg.add(-3);
        wg.await();
    }

    /// Writes before a `done` are visible after the wait.
    @Test
    @Pins("WG-01")
    void awaitDoesNotReturnBeforeAllAreDone() { // TestWaitGroupRace
        for (int round = 0; round < 2000; round++) {
            WaitGroup fresh = new WaitGroup();
            AtomicInteger done = new AtomicInteger();
            for (int i = 0; i < 2; i++) {
                fresh.add(1);
                Go.go(() -> {
                    done.incrementAndGet();
                    fresh.done();
                });
            }
            fresh.await();
            assertThat(done.get()).isEqualTo(2);
        }
    }

    @Test
    @Pins("WG-02")
    void negativeCountIsRejected() { // TestWaitGroupMisuse
        wg.add(1);
        wg.done();
        assertThatThrownBy(wg::done)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sync: negative WaitGroup counter");
    }

    /// The waiters are about to be released.
    @Test
    @Pins("WG-03")
    void addFromZeroDuringAWaitIsMisuse() { // race: TestRaceWaitGroupWrongAdd
        wg.add(1);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(wg::await), WaitReason.WAIT_GROUP_WAIT);
            Internals.whileReleasing(
                    wg,
                    () ->
                            assertThatThrownBy(() -> wg.add(1))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage("sync: WaitGroup misuse: Add called concurrently with Wait"));
        }
    }

    /// Sometimes the waiter is too fast for the misuse to be noticed, so the test tries again.
    @Test
    @Pins("WG-04")
    void reuseBeforeAllWaitersReturnedIsMisuse() { // TestRaceWaitGroupReuse
        AtomicBoolean noticed = new AtomicBoolean();
        Eventually.that(
                "a waiter has noticed",
                () -> {
                    try (var crew = new Crew()) {
                        wg.add(1);
                        Goroutine waiter =
                                crew.go(() -> {
                                    try {
                                        wg.await();
                                    } catch (IllegalStateException misuse) {
                                        assertThat(misuse)
                                                .hasMessage(
                                                        "sync: WaitGroup is reused before previous Wait has returned");
                                        noticed.set(true);
                                    }
                                });
                        Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
                        wg.done();
                        wg.add(1);
                        Eventually.ended(waiter);
                        wg.done();
                    }
                    return noticed.get();
                });
    }

    @Test
    @Pins("WG-04")
    void reuseAfterAllWaitersReturned() { // TestNoRaceWaitGroupReuse
        int[] plain = new int[3];
        for (int round = 1; round <= 1000; round++) {
            wg.add(plain.length);
            for (int i = 0; i < plain.length; i++) {
                int me = i;
                Go.go(() -> {
                    plain[me]++;
                    wg.done();
                });
            }
            wg.await();
            assertThat(plain).containsOnly(round);
        }
    }

    /// Counted goroutines add others.
    @Test
    @Pins("WG-05")
    void addAboveZeroIsAlwaysAllowed() { // TestNoRaceWaitGroupConcurrentAdd
        AtomicInteger leaves = new AtomicInteger();
        wg.add(1);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(wg::await), WaitReason.WAIT_GROUP_WAIT);
            crew.go(() -> grow(crew, 9, leaves));
            wg.await();
            assertThat(leaves.get()).isEqualTo(1 << 9);
        }
    }

    private void grow(Crew crew, int height, AtomicInteger leaves) {
        if (height == 0) {
            leaves.incrementAndGet();
            wg.done();
            return;
        }
        wg.add(2);
        for (int i = 0; i < 2; i++) {
            crew.go(() -> grow(crew, height - 1, leaves));
        }
        wg.add(-1);
    }

    @Test
    @Pins("WG-06")
    void goCountsUntilTheFunctionReturns() { // TestWaitGroupGo
        Chan<Void> gate = Chan.make();
        int[] plain = {0};
        wg.go(() -> {
            var _ = gate.recvOk();
            plain[0] = 1;
        });
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(wg::await);
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            gate.close();
        }
        wg.await();
        assertThat(plain[0]).isEqualTo(1);
    }

    @Test
    @Pins("WG-06")
    void goCountsUntilTheFunctionExits() {
        int[] plain = {0};
        wg.go(() -> {
            try {
                throw Go.goexit();
            } finally {
                plain[0] = 1;
            }
        });
        wg.await();
        assertThat(plain[0]).isEqualTo(1);
    }

    static final class Panics {
        static void main(String[] args) {
            Go.main(() -> {
                WaitGroup wg = new WaitGroup();
                wg.go(() -> {
                    throw new IllegalStateException("on purpose");
                });
                wg.await();
                IO.println("waited");
            });
        }
    }

    /// The report is written and the program has ended before any waiter can proceed.
    @Test
    @Pins("WG-07")
    void failureOfTheFunctionEndsTheProgramFirst() { // TestIssue76126
        ChildProgram program = ChildProgram.run(Panics.class);
        assertThat(program.err()).startsWith("panic: java.lang.IllegalStateException: on purpose\n");
        assertThat(program.out()).isEmpty();
        assertThat(program.status()).isEqualTo(2);
    }
}
