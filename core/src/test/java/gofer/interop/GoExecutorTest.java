package gofer.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The life of an executor: the limit, the queue, and the three ways to shut it down.
class GoExecutorTest {

    private final GoExecutor executor = new GoExecutor(2);
    private final Chan<Integer> begun = Chan.make(100);
    private final Chan<Void> gate = Chan.make();
    private final AtomicInteger interrupts = new AtomicInteger();

    /// Returns a task that announces its beginning and waits for the gate, or until it is interrupted.
    private Runnable task(int number) {
        return () -> {
            begun.send(number);
            try {
                var _ = gate.recvOk();
            } catch (InterruptException end) {
                interrupts.incrementAndGet();
            }
        };
    }

    /// Submits tasks with the numbers from 0, and returns when two of them run.
    private void fill(int tasks) {
        for (int i = 0; i < tasks; i++) executor.execute(task(i));
        assertThat(List.of(begun.recv(), begun.recv())).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void limitMustBePositive() {
        assertThatThrownBy(() -> use(new GoExecutor(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("executor: limit 0 is less than 1");
    }

    @Test
    void tasksAboveTheLimitWaitInTheQueue() {
        fill(5);
        assertThat(executor).hasToString("executor (2/2 running, 3 queued)");
        assertThat(begun.len()).isZero();
        gate.close();
        executor.close();
        assertThat(executor).hasToString("executor (0/2 running, 0 queued, terminated)");
        assertThat(begun.len()).isEqualTo(3);
    }

    @Test
    void tasksStartInTheOrderOfSubmission() {
        List<Integer> order = new ArrayList<>();
        try (var one = new GoExecutor(1)) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                one.execute(() -> order.add(number));
            }
        }
        assertThat(order).isSorted().hasSize(100);
    }

    @Test
    void neverMoreTasksThanTheLimitRun() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (var three = new GoExecutor(3)) {
            for (int i = 0; i < 1000; i++) {
                three.execute(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.yield();
                    now.decrementAndGet();
                });
            }
        }
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void shutdownRunsTheQueueAndRejectsNewTasks() throws Exception {
        fill(3);
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        assertThat(executor).hasToString("executor (2/2 running, 1 queued, shut down)");
        assertThatThrownBy(() -> executor.execute(task(9)))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageEndingWith(" is rejected: the executor is shut down");
        assertThatThrownBy(() -> executor.submit(task(9))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor.invokeAll(List.of(() -> 1))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.of(() -> 1))).isInstanceOf(RejectedExecutionException.class);
        gate.close();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(begun.recv()).isEqualTo(2);
        assertThat(begun.len()).isZero();
    }

    @Test
    void shutdownNowInterruptsAndReturnsTheQueue() throws Exception {
        Runnable third = task(2);
        Runnable fourth = task(3);
        fill(2);
        executor.execute(third);
        executor.execute(fourth);
        assertThat(executor.shutdownNow()).containsExactly(third, fourth);
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupts.get()).isEqualTo(2);
        assertThat(executor.shutdownNow()).isEmpty();
        assertThat(begun.len()).isZero();
    }

    @Test
    void shutdownNowAfterShutdownEmptiesTheQueue() {
        fill(3);
        executor.shutdown();
        assertThat(executor.shutdownNow()).hasSize(1);
        executor.shutdown();
        executor.close();
        assertThat(begun.len()).isZero();
    }

    @Test
    void awaitTerminationWaitsForTheShutdownAndTheTasks() throws Exception {
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        fill(3);
        assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        try (var crew = new Crew()) {
            var waiter = crew.go(() -> assertThat(executor.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue());
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            gate.close();
        }
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.awaitTermination(-1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void awaitTerminationRespondsToInterrupts() {
        fill(2);
        try (var crew = new Crew()) {
            var waiter =
                    crew.go(() -> {
                        assertThatThrownBy(() -> executor.awaitTermination(1, TimeUnit.DAYS))
                                .isInstanceOf(InterruptedException.class);
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    });
            Eventually.blocked(waiter, WaitReason.CHAN_RECEIVE);
            waiter.thread().interrupt();
        }
        gate.close();
        executor.close();
    }

    @Test
    void closeWaitsForTheTasks() {
        fill(3);
        try (var crew = new Crew()) {
            var closer =
                    crew.go(() -> {
                        executor.close();
                        assertThat(executor.isTerminated()).isTrue();
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    });
            Eventually.blocked(closer, WaitReason.WAIT_GROUP_WAIT);
            assertThat(executor.isShutdown()).isTrue();
            gate.close();
        }
        assertThat(begun.len()).isEqualTo(1);
        executor.close();
    }

    @Test
    void interruptOfCloseStopsTheTasks() {
        Chan<Void> leave = Chan.make();
        for (int i = 0; i < 2; i++) {
            executor.execute(() -> {
                task(0).run();
                Thread.interrupted();
                var _ = leave.recvOk();
            });
        }
        executor.execute(task(1));
        begun.recv();
        begun.recv();
        try (var crew = new Crew()) {
            var closer =
                    crew.go(() -> {
                        executor.close();
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                        assertThat(executor.isTerminated()).isTrue();
                    });
            Eventually.blocked(closer, WaitReason.WAIT_GROUP_WAIT);
            closer.thread().interrupt();
            Eventually.that("the queue is empty", () -> executor.toString().contains(" 0 queued"));
            Eventually.blocked(closer, WaitReason.WAIT_GROUP_WAIT);
            leave.close();
        }
        assertThat(begun.len()).isZero();
    }

    private static void use(Object made) {
        assertThat(made).isNotNull();
    }
}
