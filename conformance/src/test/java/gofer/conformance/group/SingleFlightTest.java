package gofer.conformance.group;

import static gofer.Go.goexit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goexit;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.group.SingleFlight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Tests work that concurrent callers share: `singleflight_test.go`.
class SingleFlightTest {

    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final Chan<Void> gate = Chan.make();
    private final AtomicInteger works = new AtomicInteger();

    /// Work that waits until the gate opens.
    private Callable<String> gated(Callable<String> work) {
        return () -> {
            works.incrementAndGet();
            var _ = gate.recvOk();
            return work.call();
        };
    }

    @Test
    @Pins("SF-01")
    void singleCallRunsTheWork() throws Exception { // TestDo
        var result = flights.run("key", () -> "bar");
        assertThat(result.get()).isEqualTo("bar");
        assertThat(result.shared()).isFalse();
        assertThat(flights.run("key", () -> "again").get()).as("nothing is kept").isEqualTo("again");
    }

    @Test
    @Pins({"SF-01", "SF-04"})
    void singleCallThrowsTheExceptionOfTheWork() { // TestDoErr
        IOException failure = new IOException("some");
        assertThatThrownBy(() ->
                        flights.run(
                                "key",
                                () -> {
                                    throw failure;
                                }))
                .isSameAs(failure);
    }

    @Test
    @Pins("SF-01")
    void concurrentCallsShareTheResult() { // TestDoDupSuppress
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                Goroutine caller =
                        crew.go(() -> {
                            var result = flights.run("key", gated(() -> "bar"));
                            assertThat(result.get()).isEqualTo("bar");
                            assertThat(result.shared()).as("also for the first caller").isTrue();
                        });
                Eventually.blocked(caller, WaitReason.CHAN_RECEIVE);
            }
            Goroutine other = crew.go(() -> assertThat(flights.run("other", gated(() -> "baz")).shared()).isFalse());
            Eventually.blocked(other, WaitReason.CHAN_RECEIVE);
            gate.close();
        }
        assertThat(works).hasValue(2);
    }

    /// At most one call of the work per key runs at a time, and every caller gets the value of a call that ran while it waited.
    @Test
    @Pins("SF-01")
    void atMostOneWorkRunsPerKey() {
        AtomicInteger flying = new AtomicInteger();
        AtomicInteger value = new AtomicInteger();
        SingleFlight<Integer, Integer> numbers = new SingleFlight<>();
        try (var crew = new Crew()) {
            for (int i = 0; i < 8; i++) {
                crew.go(() -> {
                    for (int n = 0; n < 2000; n++) {
                        int before = value.get();
                        int got =
                                numbers.run(
                                                7,
                                                () -> {
                                                    assertThat(flying.incrementAndGet()).isEqualTo(1);
                                                    Go.gosched();
                                                    flying.decrementAndGet();
                                                    return value.incrementAndGet();
                                                })
                                        .get();
                        assertThat(got).isGreaterThanOrEqualTo(before);
                    }
                });
            }
        }
    }

    @Test
    @Pins("SF-02")
    void resultCanBeReceivedFromAChannel() throws Exception { // TestDoChan, ExampleGroup
        var first = flights.runChan("key", gated(() -> Thread.currentThread().isVirtual() ? "func 1" : "no goroutine"));
        var second = flights.runChan("key", gated(() -> "func 2"));
        assertThat(first.tryRecv()).isInstanceOf(Empty.class);
        gate.close();
        var result = first.recv();
        assertThat(result.get()).isEqualTo("func 1");
        assertThat(result.shared()).isTrue();
        assertThat(second.recv().get()).isEqualTo("func 1");
        assertThat(works).hasValue(1);
        assertThat(first.tryRecv()).as("never closed").isInstanceOf(Empty.class);
        assertThat(first.cap()).isEqualTo(1);
    }

    @Test
    @Pins("SF-02")
    void failureIsPartOfTheResult() {
        IOException failure = new IOException("some");
        var result =
                flights.runChan(
                        "key",
                        () -> {
                            throw failure;
                        });
        assertThatThrownBy(() -> result.recv().get()).isSameAs(failure);
    }

    @Test
    @Pins("SF-03")
    void forgottenCallServesItsCallersAndDoesNotAffectTheNext() throws Exception { // TestForget
        Chan<Void> secondGate = Chan.make();
        var first = flights.runChan("key", gated(() -> "first"));
        flights.forget("key");
        var second =
                flights.runChan(
                        "key",
                        () -> {
                            var _ = secondGate.recvOk();
                            return "second";
                        });
        gate.close();
        assertThat(first.recv().get()).isEqualTo("first");
        var third = flights.runChan("key", () -> "third");
        secondGate.close();
        assertThat(second.recv().get()).isEqualTo("second");
        assertThat(third.recv().get()).isEqualTo("second");
        flights.forget("unknown");
    }

    @Test
    @Pins("SF-04")
    void allWaitersGetTheFailure() { // TestPanicDo, TestPanicErrorUnwrap
        for (Throwable thrown :
                List.of(new NullPointerException("panic"), new AssertionError("panic"), new IOException("io"))) {
            Chan<Void> go = Chan.make();
            try (var crew = new Crew()) {
                List<Goroutine> callers = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    callers.add(
                            crew.go(() ->
                                    assertThatThrownBy(() ->
                                                    flights.run(
                                                            "key",
                                                            () -> {
                                                                var _ = go.recvOk();
                                                                throw sneaky(thrown);
                                                            }))
                                            .isSameAs(thrown)));
                    Eventually.blocked(callers.getLast(), WaitReason.CHAN_RECEIVE);
                }
                go.close();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    static final class PanicOnChannel {
        static void main(String[] args) {
            Go.main(() -> {
                var flights = new SingleFlight<String, String>();
                RecvChan<?> result =
                        flights.runChan(
                                "",
                                () -> {
                                    throw new AssertionError("panicking in runChan");
                                });
                result.recv();
                IO.println("unexpectedly received");
            });
        }
    }

    static final class PanicSharedWithChannel {
        static void main(String[] args) {
            Go.main(() -> {
                var flights = new SingleFlight<String, String>();
                Chan<Void> blocked = Chan.make();
                Chan<Void> unblock = Chan.make();
                Go.go(() -> {
                    try {
                        flights.run(
                                "",
                                () -> {
                                    blocked.close();
                                    var _ = unblock.recvOk();
                                    throw new AssertionError("panicking in run");
                                });
                    } catch (AssertionError recovered) {
                        IO.println("unexpectedly recovered");
                    }
                });
                var _ = blocked.recvOk();
                var result = flights.runChan("", () -> "unexpectedly executed");
                unblock.close();
                result.recv();
                IO.println("unexpectedly received");
            });
        }
    }

    @Test
    @Pins("SF-05")
    void errorWithAWaitingChannelEndsTheProgram() { // TestPanicDoChan, TestPanicDoSharedByDoChan
        expectPanic(ChildProgram.run(PanicOnChannel.class), "panicking in runChan");
        expectPanic(ChildProgram.run(PanicSharedWithChannel.class), "panicking in run");
    }

    private static void expectPanic(ChildProgram program, String message) {
        assertThat(program.err()).startsWith("panic: java.lang.AssertionError: " + message);
        assertThat(program.status()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
    }

    /// Without `Go.main`, the error is reported and passed on, so that no caller waits forever.
    @Test
    @Pins("SF-05")
    void errorIsReportedAndPassedOnOutsideOfGoMain() {
        AssertionError error = new AssertionError("expected in a test");
        Chan<Throwable> reported = Chan.make(1);
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
        try {
            var result =
                    flights.runChan(
                            "key",
                            () -> {
                                throw error;
                            });
            assertThatThrownBy(() -> result.recv().get()).isSameAs(error);
            assertThat(reported.tryRecv()).as("before it arrived").isEqualTo(new Value<>(error));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    @Test
    @Pins("SF-06")
    void goexitEndsAllWaiters() { // TestGoexitDo
        AtomicInteger unwound = new AtomicInteger();
        try (var crew = new Crew()) {
            for (int i = 0; i < 5; i++) {
                Goroutine caller =
                        crew.go(() -> {
                            try {
                                flights.run(
                                        "key",
                                        gated(() -> {
                                            throw goexit();
                                        }));
                                throw new AssertionError("returned");
                            } catch (Goexit exit) {
                                unwound.incrementAndGet();
                                throw exit;
                            }
                        });
                Eventually.blocked(caller, WaitReason.CHAN_RECEIVE);
            }
            var channel = flights.runChan("key", () -> "not run");
            gate.close();
            crew.join();
            assertThat(unwound).hasValue(5);
            assertThat(channel.tryRecv()).isInstanceOf(Empty.class);
            var alone =
                    flights.runChan(
                            "key",
                            () -> {
                                throw goexit();
                            });
            Goroutine receiver = crew.go(() -> assertThatThrownBy(alone::recv).isInstanceOf(InterruptException.class));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            receiver.thread().interrupt();
        }
    }

    /// A caller that stops waiting does not affect the others.
    @Test
    @Pins("SF-01")
    void interruptEndsOnlyOneWait() {
        try (var crew = new Crew()) {
            Goroutine leader = crew.go(() -> assertThat(flights.run("key", gated(() -> "bar")).get()).isEqualTo("bar"));
            Eventually.blocked(leader, WaitReason.CHAN_RECEIVE);
            Goroutine impatient =
                    crew.go(() ->
                            assertThatThrownBy(() -> flights.run("key", () -> "not run"))
                                    .isInstanceOf(InterruptException.class));
            Eventually.blocked(impatient, WaitReason.CHAN_RECEIVE);
            impatient.thread().interrupt();
            Eventually.ended(impatient);
            gate.close();
        }
    }
}
