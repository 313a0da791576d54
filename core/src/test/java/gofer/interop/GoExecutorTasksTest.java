package gofer.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.fixture.Crew;
import gofer.fixture.Rounds;
import gofer.goroutine.InterruptException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What happens to the tasks of an executor: results, failures, cancellation, and that none is lost.
class GoExecutorTasksTest {

    private final GoExecutor executor = new GoExecutor(2);

    @AfterEach
    void close() {
        executor.close();
    }

    private static Callable<Integer> failing(String message) {
        return () -> {
            throw new IOException(message);
        };
    }

    private static Callable<Integer> blocked(Chan<Throwable> ends) {
        return () -> {
            try {
                return RecvChan.<Integer>never().recv();
            } catch (InterruptException end) {
                ends.send(end);
                throw end;
            }
        };
    }

    @Test
    void submitReturnsResultsAndExceptions() throws Exception {
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
        assertThatThrownBy(executor.submit(failing("disk"))::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    @Test
    void exceptionOfExecuteIsReportedAndTheNextTaskRuns() throws Exception {
        Chan<Throwable> reported = Chan.make(1);
        var failure = new IllegalStateException("broken");
        for (int i = 0; i < 4; i++) {
            executor.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
                throw failure;
            });
            assertThat(reported.recv()).isSameAs(failure);
        }
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void goexitEndsOnlyItsTask() throws Exception {
        for (int i = 0; i < 4; i++) executor.execute(Go::goexit);
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void everyTaskHasAGoroutineOfItsOwn() throws Exception {
        var seen = new ThreadLocal<Integer>();
        for (int i = 0; i < 4; i++) {
            executor.submit(
                            () -> {
                                assertThat(seen.get()).isNull();
                                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                                seen.set(1);
                                Thread.currentThread().interrupt();
                                return 1;
                            })
                    .get();
        }
    }

    @Test
    void cancelInterruptsTheTaskAndFreesItsPlace() throws Exception {
        Chan<Throwable> ends = Chan.make(2);
        Chan<Boolean> begun = Chan.make();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            futures.add(
                    executor.submit(() -> {
                        begun.send(true);
                        return blocked(ends).call();
                    }));
            begun.recv();
        }
        Future<Integer> queued = executor.submit(() -> 1);
        Future<Integer> cancelledInTheQueue = executor.submit(failing("not run"));
        assertThat(cancelledInTheQueue.cancel(true)).isTrue();
        futures.forEach(future -> assertThat(future.cancel(true)).isTrue());
        ends.recv();
        ends.recv();
        assertThat(queued.get()).isEqualTo(1);
    }

    @Test
    void invokeAllReturnsAllInOrder() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> tasks.add(i == 7 ? failing("seven") : () -> i));
        List<Future<Integer>> futures = executor.invokeAll(tasks);
        for (int i = 0; i < 20; i++) {
            assertThat(futures.get(i)).isDone();
            if (i == 7) assertThatThrownBy(futures.get(i)::get).cause().hasMessage("seven");
            else assertThat(futures.get(i).get()).isEqualTo(i);
        }
        assertThat(executor.invokeAll(List.of())).isEmpty();
    }

    @Test
    void invokeAllCancelsWhatIsNotDoneInTime() throws Exception {
        Chan<Throwable> ends = Chan.make(2);
        Collection<Callable<Integer>> tasks = List.of(() -> 1, blocked(ends), blocked(ends), () -> 4);
        List<Future<Integer>> futures = executor.invokeAll(tasks, 50, TimeUnit.MILLISECONDS);
        assertThat(futures).allMatch(Future::isDone);
        assertThat(futures.subList(1, 3)).allMatch(Future::isCancelled);
    }

    @Test
    void invokeAnyReturnsASuccessAndCancelsTheRest() throws Exception {
        Chan<Throwable> ends = Chan.make(2);
        assertThat(executor.<Integer>invokeAny(List.of(failing("one"), () -> 2, blocked(ends)))).isEqualTo(2);
        executor.close(); // would not return if the third task still ran
    }

    @Test
    void invokeAnyThrowsIfAllFail() {
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing("one"), failing("two"), failing("three"))))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tasksSubmitTasks() throws Exception {
        var sum = new AtomicInteger();
        executor.submit(() -> executor.execute(sum::incrementAndGet)).get();
        spread(sum, 8);
        executor.shutdown(); // the tree is submitted
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(sum.get()).isEqualTo(1 + 256);
    }

    /// Submits a binary tree of tasks, and waits for its leaves.
    private void spread(AtomicInteger sum, int depth) {
        Chan<Boolean> leaves = Chan.make();
        executor.execute(() -> grow(sum, depth, leaves));
        for (int i = 0; i < 1 << depth; i++) leaves.recv();
    }

    private void grow(AtomicInteger sum, int depth, Chan<Boolean> leaves) {
        if (depth == 0) {
            sum.incrementAndGet();
            leaves.send(true);
            return;
        }
        executor.execute(() -> grow(sum, depth - 1, leaves));
        executor.execute(() -> grow(sum, depth - 1, leaves));
    }

    /// Plain fields: one writer, then one reader, on other threads.
    @Test
    void effectsOfTasksAreVisible() throws Exception {
        for (int round = 0; round < Rounds.of(10_000); round++) {
            int[] cell = {round};
            Future<?> task = executor.submit(() -> cell[0]++);
            task.get();
            assertThat(cell[0]).isEqualTo(round + 1);
        }
        int[] last = new int[1];
        var own = new GoExecutor(1);
        own.execute(() -> last[0] = 1);
        own.shutdown();
        assertThat(own.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last[0]).isEqualTo(1);
    }

    /// Each task runs, is returned, or is rejected, whenever the shutdown comes.
    @Test
    void noTaskIsLost() throws Exception {
        for (int round = 0; round < Rounds.of(500); round++) {
            int submitters = 4;
            int each = 50;
            var accounted = new ConcurrentLinkedQueue<Integer>();
            var stressed = new GoExecutor(1 + round % 3);
            List<Runnable> returned;
            try (var crew = new Crew()) {
                for (int s = 0; s < submitters; s++) {
                    int first = s * each;
                    crew.go(() -> {
                        for (int i = first; i < first + each; i++) {
                            try {
                                stressed.execute(new Counted(i, accounted));
                            } catch (RejectedExecutionException _) {
                                accounted.add(i);
                            }
                        }
                    });
                }
                for (int i = 0; i < round % 50; i++) Thread.yield();
                if (round % 2 == 0) {
                    crew.join();
                    stressed.shutdown();
                }
                returned = stressed.shutdownNow();
            }
            assertThat(stressed.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            returned.forEach(task -> accounted.add(((Counted) task).number()));
            assertThat(accounted).hasSize(submitters * each).doesNotHaveDuplicates();
        }
    }

    private record Counted(int number, Collection<Integer> accounted) implements Runnable {
        @Override
        public void run() {
            accounted.add(number);
        }
    }
}
