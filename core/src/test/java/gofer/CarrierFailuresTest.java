package gofer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.diagnostics.Leaks;
import gofer.goroutine.Carrier;
import gofer.group.ErrGroup;
import gofer.group.Failure;
import gofer.group.FirstResult;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.interop.Publishers;
import gofer.sync.WaitGroup;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A snapshot that fails: its failure arrives where a failure of the work would arrive, and nothing waits forever.
class CarrierFailuresTest {

    private static final ThreadLocal<String> NAME = new ThreadLocal<>();

    private final ArithmeticException broken = new ArithmeticException("restore");

    private final Chan<Throwable> reported = Chan.make(10); // what leaves a goroutine

    private Carrier.Registration registration = () -> {};

    @BeforeEach
    void register() {
        registration =
                Go.carry(() ->
                        _ -> {
                            Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
                            throw broken;
                        });
    }

    @AfterEach
    void remove() {
        registration.close();
    }

    @Test
    void goroutineThrowsIt() {
        Go.go(() -> {});
        assertThat(reported.recv()).isSameAs(broken);
    }

    @Test
    void waitGroupCountsDown() {
        var wg = new WaitGroup().limit(1);
        wg.go(() -> {});
        wg.go(() -> {});
        wg.await();
        assertThat(List.of(reported.recv(), reported.recv())).containsExactly(broken, broken);
    }

    @Test
    void functionOfAContextThrowsIt() {
        var ctx = Context.background().withCancel();
        ctx.afterFunc(() -> {});
        ctx.cancel();
        assertThat(reported.recv()).isSameAs(broken);
    }

    @Test
    void itIsAFailureOfTheGroup() {
        ErrGroup group = new ErrGroup().limit(1);
        group.go(() -> {});
        group.go(() -> {});
        assertThatThrownBy(group::await).isSameAs(broken);
        assertThat(reported.len()).isZero();
    }

    @Test
    void itIsTheOutcomeOfTheTask() {
        var group = new ResultGroup<Integer>();
        group.go(_ -> 1);
        registration.close();
        group.go(_ -> 2);
        assertThat(group.awaitOutcomes()).first().isEqualTo(new Failure<>(broken));
        assertThat(group.awaitOutcomes()).hasSize(2);
        assertThatThrownBy(group::await).isSameAs(broken);
    }

    @Test
    void anotherTaskCanBeTheFirst() throws Exception {
        var first = FirstResult.<Integer>withContext(Context.background());
        first.go(_ -> 1);
        registration.close();
        first.go(_ -> 2);
        assertThat(first.await()).isEqualTo(2);
    }

    @Test
    void itIsAFailureOfTheSharedWork() {
        var flights = new SingleFlight<String, Integer>();
        var result = flights.runChan("key", () -> 1).recv();
        assertThatThrownBy(result::get).isSameAs(broken);
    }

    @Test
    void sharedWorkWhoseCaptureFailsCanBeDoneAgain() throws Exception {
        registration.close();
        var flights = new SingleFlight<String, Integer>();
        try (var _ =
                Go.carry(() -> {
                    throw broken;
                })) {
            assertThatThrownBy(() -> flights.runChan("key", () -> 1)).isSameAs(broken);
        }
        assertThat(flights.runChan("key", () -> 2).recv().get()).isEqualTo(2);
    }

    @Test
    void futureFails() {
        CompletableFuture<Integer> future = Futures.go(Context.background(), _ -> 1);
        assertThatThrownBy(future::join).hasCause(broken);
    }

    @Test
    void submittedTaskFails() {
        try (var executor = new GoExecutor(1)) {
            List<Future<Integer>> all = List.of(executor.submit(() -> 1), executor.submit(() -> {}, 1));
            for (Future<Integer> one : all) {
                assertThatThrownBy(one::get).hasCause(broken);
            }
        }
    }

    @Test
    void taskOfInvokeAllAndInvokeAnyFails() throws Exception {
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);
        try (var executor = new GoExecutor(1)) {
            for (Future<Integer> one : executor.invokeAll(tasks)) {
                assertThatThrownBy(one::get).hasCause(broken);
            }
            assertThatThrownBy(() -> executor.invokeAny(tasks)).hasCause(broken);
        }
    }

    @Test
    void executedTaskGivesItsPlaceToTheNext() throws Exception {
        try (var executor = new GoExecutor(1)) {
            executor.execute(() -> {});
            executor.execute(() -> {});
            assertThat(List.of(reported.recv(), reported.recv())).containsExactly(broken, broken);
            registration.close();
            assertThat(executor.submit(() -> 3).get()).isEqualTo(3);
        }
    }

    /// A task that waits in the queue has the context of its own submission. Its start, by another task, captures nothing.
    @Test
    void taskInTheQueueKeepsTheContextOfItsSubmission() {
        registration.close();
        Chan<String> seen = Chan.make(1);
        Chan<Void> release = Chan.make();
        var executor = new GoExecutor(1);
        try (var _ = Go.carry(Carrier.of(NAME))) {
            NAME.set("first");
            executor.execute(() -> {
                var _ = release.recvOk();
            });
            NAME.remove();
            Runnable look = () -> seen.send(String.valueOf(NAME.get()));
            executor.execute(look);
            try (var _ =
                    Go.carry(() -> {
                        throw broken;
                    })) {
                release.close();
                assertThat(seen.recv()).isEqualTo("null");
            }
            NAME.set("second");
            executor.execute(look);
            assertThat(seen.recv()).isEqualTo("second");
        } finally {
            NAME.remove();
            executor.close();
        }
    }

    @Test
    void channelOfAPublisherIsClosedWithIt() {
        Flow.Publisher<Integer> silent = _ -> {};
        RecvChan<Integer> values = Publishers.chan(Context.background(), silent, 1);
        assertThat(values.recvOk()).isInstanceOf(Closed.class);
        assertThat(values.cause()).containsSame(broken);
    }

    @Test
    void leakCheckThrowsIt() {
        assertThatThrownBy(() -> Leaks.assertNone(() -> {})).isSameAs(broken);
        assertThat(reported.len()).isZero();
    }
}
