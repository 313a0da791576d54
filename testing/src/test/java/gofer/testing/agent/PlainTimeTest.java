package gofer.testing.agent;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.goroutine.Body;
import gofer.testing.Bubble;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Strategy;
import gofer.testing.junit.BubbleTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of plain Java in virtual time. They run in a JVM with the agent.
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // the test measures how long these wait and what they return
class PlainTimeTest {

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    /// @param body a wait that takes a day, unless another goroutine ends it
    record Timed(String name, Body body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Timed> waits() {
        return Stream.of(
                new Timed("Thread.sleep(long)", () -> Thread.sleep(DAY.toMillis())),
                new Timed("Thread.sleep(Duration)", () -> Thread.sleep(DAY)),
                new Timed("TimeUnit.sleep", () -> TimeUnit.DAYS.sleep(1)),
                new Timed("parkNanos", () -> LockSupport.parkNanos(DAY.toNanos())),
                new Timed("parkUntil", () -> LockSupport.parkUntil(Instant.now().plus(DAY).toEpochMilli())),
                new Timed("Object.wait", PlainTimeTest::waitOnMonitor),
                new Timed("Condition.await", () -> onCondition(never -> never.await(1, TimeUnit.DAYS))),
                new Timed("Condition.awaitNanos", () -> onCondition(never -> never.awaitNanos(DAY.toNanos()))),
                new Timed("Condition.awaitUntil", () -> onCondition(never -> never.awaitUntil(tomorrow()))),
                new Timed(
                        "tryLock",
                        () -> {
                            var lock = new ReentrantLock();
                            Thread.startVirtualThread(lock::lock).join();
                            assertThat(lock.tryLock(1, TimeUnit.DAYS)).isFalse();
                        }),
                new Timed(
                        "tryLock of a write lock",
                        () -> {
                            var lock = new ReentrantReadWriteLock();
                            Thread.startVirtualThread(lock.readLock()::lock).join();
                            assertThat(lock.writeLock().tryLock(1, TimeUnit.DAYS)).isFalse();
                        }),
                new Timed(
                        "tryReadLock",
                        () -> {
                            var lock = new StampedLock();
                            lock.writeLock();
                            assertThat(lock.tryReadLock(1, TimeUnit.DAYS)).isZero();
                        }),
                new Timed("CountDownLatch", () -> new CountDownLatch(1).await(1, TimeUnit.DAYS)),
                new Timed("Semaphore", () -> new Semaphore(0).tryAcquire(1, TimeUnit.DAYS)),
                new Timed("CyclicBarrier", () -> timesOut(() -> new CyclicBarrier(2).await(1, TimeUnit.DAYS))),
                new Timed(
                        "Phaser",
                        () -> {
                            var phaser = new Phaser(1);
                            timesOut(() -> phaser.awaitAdvanceInterruptibly(0, 1, TimeUnit.DAYS));
                        }),
                new Timed("Exchanger", () -> timesOut(() -> new Exchanger<Integer>().exchange(1, 1, TimeUnit.DAYS))),
                new Timed(
                        "ArrayBlockingQueue.offer",
                        () -> {
                            var queue = new ArrayBlockingQueue<Integer>(1);
                            queue.add(1);
                            assertThat(queue.offer(2, 1, TimeUnit.DAYS)).isFalse();
                        }),
                new Timed("LinkedBlockingQueue.poll", () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.DAYS)),
                new Timed("SynchronousQueue.poll", () -> new SynchronousQueue<>().poll(1, TimeUnit.DAYS)),
                new Timed("LinkedTransferQueue", () -> new LinkedTransferQueue<>().tryTransfer(1, 1, TimeUnit.DAYS)),
                new Timed(
                        "DelayQueue",
                        () -> {
                            var queue = new DelayQueue<Due>();
                            queue.add(new Due(System.nanoTime() + DAY.toNanos()));
                            queue.take();
                        }),
                new Timed("CompletableFuture", () -> timesOut(() -> new CompletableFuture<>().get(1, TimeUnit.DAYS))),
                new Timed("Future", () -> timesOut(() -> new FutureTask<>(() -> 1).get(1, TimeUnit.DAYS))),
                new Timed(
                        "Thread.join",
                        () -> {
                            Thread parked = Thread.startVirtualThread(LockSupport::park);
                            assertThat(parked.join(DAY)).isFalse();
                            LockSupport.unpark(parked);
                        }),
                new Timed(
                        "ScheduledExecutorService",
                        () -> {
                            try (var pool = Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory())) {
                                pool.schedule(() -> {}, 1, TimeUnit.DAYS).get();
                            }
                        }));
    }

    private record Due(long time) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private static Date tomorrow() {
        return Date.from(Instant.now().plus(DAY));
    }

    private static void waitOnMonitor() throws InterruptedException {
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait(DAY.toMillis());
        }
    }

    private interface OnCondition {
        void await(Condition condition) throws Exception;
    }

    private static void onCondition(OnCondition wait) throws Exception {
        var lock = new ReentrantLock();
        lock.lock();
        wait.await(lock.newCondition());
    }

    private static void timesOut(Body body) {
        assertThatThrownBy(body::run).isInstanceOf(TimeoutException.class);
    }

    /// Checks with all clocks that `body` takes a day.
    private static void takesADay(Body body) throws Throwable {
        Instant start = Instant.now();
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        body.run();
        assertThat(Instant.now()).isEqualTo(start.plus(DAY));
        assertThat(System.nanoTime() - nanos).isEqualTo(DAY.toNanos());
        assertThat(System.currentTimeMillis() - millis).isEqualTo(DAY.toMillis());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void waitsTakeVirtualTimeInABubble(Timed timed) throws Exception {
        long start = System.nanoTime();
        Bubble.run(() -> takesADay(timed.body));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void waitsTakeVirtualTimeInAnExploration(Timed timed) {
        Exploration result = Explore.schedules(20).strategy(Strategy.RANDOM).check(() -> takesADay(timed.body));
        assertThat(result.notes()).noneMatch(note -> note.contains("clock"));
    }

    @BubbleTest
    void waitEndsIfTheOtherSideIsInTime() throws Exception {
        var numbers = new LinkedBlockingQueue<Integer>();
        go(() -> {
            Thread.sleep(Duration.ofMinutes(30));
            numbers.add(7);
        });
        assertThat(numbers.poll(1, TimeUnit.HOURS)).isEqualTo(7);
        assertThat(Instant.now()).isEqualTo(BEGINNING.plus(Duration.ofMinutes(30)));
    }

    @Test
    void explorationFindsThatATimeoutMayComeFirst() {
        String[] got = {""};
        Exploration result =
                Explore.exhaustively()
                        .outcome(() -> got[0])
                        .check(() -> {
                            var number = new CompletableFuture<Integer>();
                            go(() -> number.complete(7));
                            try {
                                got[0] = "got " + number.get(30, TimeUnit.SECONDS);
                            } catch (TimeoutException late) {
                                got[0] = "late";
                            }
                        });
        assertThat(result.isComplete()).isTrue();
        assertThat(result.outcomes()).containsOnlyKeys("got 7", "late");
    }

    @BubbleTest
    void allClocksAgree() throws Exception {
        Thread.sleep(Duration.ofHours(5));
        Instant now = BEGINNING.plus(Duration.ofHours(5));
        assertThat(Instant.now()).isEqualTo(now);
        assertThat(System.currentTimeMillis()).isEqualTo(now.toEpochMilli());
        assertThat(Clock.systemUTC().instant()).isEqualTo(now);
        assertThat(Clock.systemUTC().millis()).isEqualTo(now.toEpochMilli());
        assertThat(Clock.tickMinutes(ZoneOffset.UTC).instant()).isEqualTo(now);
        assertThat(LocalDateTime.now(ZoneOffset.UTC)).isEqualTo("2000-01-01T05:00");
        assertThat(new Date()).isEqualTo(Date.from(now));
        assertThat(new GregorianCalendar().toInstant()).isEqualTo(now);
        assertThat(Calendar.getInstance().toInstant()).isEqualTo(now);
    }

    @BubbleTest
    void methodReferencesReadTheSameClock() throws Exception {
        LongSupplier ticker = System::nanoTime;
        long start = ticker.getAsLong();
        Thread.sleep(Duration.ofHours(1));
        assertThat(ticker.getAsLong() - start).isEqualTo(Duration.ofHours(1).toNanos());
    }

    /// The values of the clocks at one instant.
    private record Times(Instant calendar, long nanos, long millis) {
        static Times now() {
            return new Times(Instant.now(), System.nanoTime(), System.currentTimeMillis());
        }

        void isLessThanAnHourBefore(Times later) {
            Duration most = Duration.ofHours(1);
            assertThat(later.calendar).isBetween(calendar, calendar.plus(most));
            assertThat(later.nanos - nanos).isBetween(0L, most.toNanos());
            assertThat(later.millis - millis).isBetween(0L, most.toMillis());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threadsOutsideOfABubbleHaveRealTime(boolean virtual) throws Exception {
        var seen = new AtomicReference<@Nullable Times>();
        var over = new AtomicBoolean();
        Runnable look =
                () -> {
                    while (!over.get()) seen.set(Times.now());
                };
        Times before = Times.now();
        Thread other = virtual ? Thread.startVirtualThread(look) : Thread.ofPlatform().start(look);
        try {
            Bubble.run(() -> {
                Thread.sleep(DAY);
                seen.set(null);
                spinUntil(() -> seen.get() != null);
                over.set(true);
            });
        } finally {
            over.set(true);
        }
        other.join();
        before.isLessThanAnHourBefore(Objects.requireNonNull(seen.get()));
    }

    /// A thread of the JDK that serves all callers runs in real time, and so do its tasks.
    @BubbleTest
    void jdkThreadsRunInRealTime() throws Exception {
        var seen = new ConcurrentLinkedQueue<Times>();
        Thread.sleep(DAY);
        var timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        seen.add(Times.now());
                    }
                },
                1);
        CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(() -> seen.add(Times.now()));
        spinUntil(() -> seen.size() == 2);
        timer.cancel();
        assertThat(seen).allMatch(times -> times.calendar.isAfter(BEGINNING.plus(Duration.ofDays(2))));
    }

    /// Waits for a fact outside of the bubble, without yielding.
    private static void spinUntil(BooleanSupplier fact) {
        while (!fact.getAsBoolean()) Thread.onSpinWait();
    }
}
