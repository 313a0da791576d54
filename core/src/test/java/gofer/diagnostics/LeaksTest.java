package gofer.diagnostics;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class LeaksTest {

    private static void startLeakingGoroutine() {
        Chan<Integer> chan = Chan.make();
        go("leaky", () -> chan.send(1));
    }

    private static boolean canProveLeaks() {
        return Go.scheduler() == Scheduler.GOFER;
    }

    @Test
    void leakInTheBlockFailsAndIsShown() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Leaks.assertNone(LeaksTest::startLeakingGoroutine))
                .withMessageStartingWith(canProveLeaks() ? "leaked:\n\n" : "leaked, probably: ")
                .withMessageContaining("\"leaky\" [chan send")
                .withMessageContaining("waits to send to chan ")
                .withMessageContaining("at gofer.diagnostics.LeaksTest.startLeakingGoroutine(LeaksTest.java:");
    }

    /// Goroutines that the block starts indirectly count too, at any depth, and also by a timer.
    @Test
    void allDescendantsCount() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() ->
                        Leaks.assertNone(() -> {
                            Chan<Boolean> started = Chan.make();
                            go(() ->
                                    go(() ->
                                            Go.afterFunc(
                                                    Duration.ofMillis(1),
                                                    () -> {
                                                        startLeakingGoroutine();
                                                        started.send(true);
                                                    })));
                            started.recv();
                        }))
                .withMessageContaining("\"leaky\" [chan send");
    }

    @Test
    void goroutineThatEndsInTimeHasNotLeaked() throws Exception {
        Leaks.assertNone(() -> {
            for (int i = 0; i < 100; i++) {
                Chan<Integer> chan = Chan.make();
                go(chan::recv);
                go(() -> chan.send(1));
            }
        });
    }

    /// Other goroutines leak meanwhile.
    @Test
    void goroutinesOutsideOfTheBlockDoNotCount() throws Exception {
        try (var crew = new Crew()) {
            var stop = new AtomicBoolean();
            crew.thread(() -> {
                while (!stop.get()) {
                    startLeakingGoroutine();
                    Go.gosched();
                }
            });
            for (int i = 0; i < 5; i++) {
                Leaks.assertNone(() -> {
                    Chan<Integer> chan = Chan.make();
                    go(() -> chan.send(1));
                    chan.recv();
                });
            }
            stop.set(true);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void exceptionOfTheBlockIsRethrown() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        Leaks.assertNone(() -> {
                            throw new IOException("disk");
                        }));
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() ->
                        Leaks.assertNone(() -> {
                            throw new StackOverflowError();
                        }));
        assertThatNullPointerException().isThrownBy(() -> Leaks.assertNone(null)).withMessage("block");
    }

    /// Objects that a block shares with the code around it may still be used.
    @Test
    void reachableGoroutineHasNotLeaked() throws Exception {
        if (!canProveLeaks()) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(Leaks::find);
            return;
        }
        Chan<Integer> shared = Chan.make();
        Leaks.assertNone(() -> go(shared::recv));
        shared.send(1);
    }

    @Test
    void suspectsHaveWaitedForTheGivenTime() {
        Chan<Integer> chan = Chan.make();
        Goroutine waiter = go("suspect", chan::recvOk);
        Goroutine sleeper = go("sleeper", () -> Go.sleep(Duration.ofHours(1)));
        Eventually.blocked(waiter, WaitReason.CHAN_RECEIVE);
        Eventually.blocked(sleeper, WaitReason.SLEEP);
        assertThat(ids(Leaks.suspects(Duration.ZERO))).contains(waiter.id()).doesNotContain(sleeper.id());
        assertThat(ids(Leaks.suspects(Duration.ofHours(1)))).doesNotContain(waiter.id());
        chan.close();
        sleeper.thread().interrupt();
    }

    private static List<Long> ids(List<Stuck> stuck) {
        return stuck.stream().flatMap(s -> s.ids().stream()).toList();
    }

    /// Goroutines that start, wait, continue and end during a search are neither lost nor counted wrongly.
    @Test
    void searchDoesNotDisturbOthers() {
        if (!canProveLeaks()) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(Leaks::find);
            return;
        }
        var stop = new AtomicBoolean();
        var passed = new LongAdder();
        var received = new LongAdder();
        var wg = new WaitGroup();
        for (int i = 0; i < 20; i++) {
            Chan<Integer> chan = Chan.make();
            wg.go(() -> {
                while (!stop.get()) {
                    go(() -> {
                        chan.send(1);
                        passed.increment();
                    });
                    received.add(chan.recv());
                }
            });
        }
        for (int i = 0; i < 20; i++) {
            var _ = Leaks.find();
        }
        stop.set(true);
        wg.await();
        Eventually.that("all have ended", () -> passed.sum() == received.sum());
        assertThat(received.sum()).isPositive();
    }

    private static WeakReference<byte[]> leakWithPayload() {
        byte[] payload = new byte[1000];
        Chan<Integer> chan = Chan.make();
        go(
                "leaky",
                () -> {
                    chan.recv();
                    Objects.requireNonNull(payload);
                });
        return new WeakReference<>(payload);
    }

    @Test
    void leakedGoroutineIsFreed() {
        if (!canProveLeaks()) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(Leaks::find);
            return;
        }
        WeakReference<byte[]> payload = leakWithPayload();
        Eventually.that(
                "it is gone",
                () -> {
                    var _ = Leaks.find();
                    return payload.refersTo(null);
                });
    }

    /// Becomes unreachable at once, and its finalizer sends.
    @SuppressWarnings({"removal", "Finalize"})
    private static final class FinalizedSender {

        private final Chan<Integer> chan;

        FinalizedSender(Chan<Integer> chan) {
            this.chan = chan;
        }

        @Override
        protected void finalize() {
            var _ = chan.trySend(1);
        }
    }

    private static void waitForFinalizers(int many, WaitGroup over) {
        for (int i = 0; i < many; i++) {
            Chan<Integer> chan = Chan.make();
            over.add(1);
            Goroutine waiter =
                    go(
                            "late",
                            () -> {
                                chan.recv();
                                over.done();
                            });
            Eventually.blocked(waiter, WaitReason.CHAN_RECEIVE);
            var _ = new FinalizedSender(chan);
        }
    }

    @Test
    void goroutineThatAFinalizerWakesHasNotLeaked() {
        if (!canProveLeaks()) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(Leaks::find);
            return;
        }
        var over = new WaitGroup();
        waitForFinalizers(10, over);
        assertThat(Leaks.find()).noneMatch(stuck -> stuck.text().contains("\"late\""));
        over.await();
        assertThat(Leaks.find()).noneMatch(stuck -> stuck.text().contains("\"late\""));
        assertThat(Go.stacks()).doesNotContain("\"late\"");
    }

    private static void startLeakingGoroutines(String name, int many) {
        for (int i = 0; i < many; i++) {
            Chan<Integer> chan = Chan.make();
            Eventually.blocked(go(name, () -> chan.send(1)), WaitReason.CHAN_SEND);
        }
    }

    private static int found(String name) {
        return Leaks.find().stream()
                .filter(stuck -> stuck.text().contains('"' + name + '"'))
                .mapToInt(stuck -> stuck.ids().size())
                .sum();
    }

    /// Goroutines that wait for the end of another search or dump have not leaked.
    @Test
    void concurrentSearchesFindTheSame() {
        if (!canProveLeaks()) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(Leaks::find);
            return;
        }
        startLeakingGoroutines("found by all", 6);
        Queue<Integer> found = new ConcurrentLinkedQueue<>();
        Queue<String> dumps = new ConcurrentLinkedQueue<>();
        var wg = new WaitGroup();
        for (int i = 0; i < 20; i++) {
            wg.go(() -> found.add(found("found by all")));
            wg.go(() -> dumps.add(Go.stacks()));
        }
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                crew.thread(() -> found.add(found("found by all")));
                crew.thread(() -> dumps.add(Go.stacks()));
            }
            wg.await();
        }
        assertThat(found).hasSize(30).containsOnly(6);
        assertThat(dumps).hasSize(30).allMatch(dump -> dump.contains("found by all"));
        assertThat(Leaks.find()).noneMatch(stuck -> stuck.text().contains("LeaksTest.found("));
    }
}
