package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import gofer.race.edges.child.Trials.Pair;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Futures, executors and timers. Where the JDK has the thread of the task, the task passes on what it knows: what a program
/// relies on is that the knowledge arrives.
@SuppressWarnings("FutureReturnValueIgnored")
final class TaskTrials {

    private static volatile boolean ran; // no edge, as this class has no hooks

    private TaskTrials() {}

    static void addTo(Trials trials) {
        trials.add(
                "FutureTask",
                () -> {
                    var task = new FutureTask<>(() -> "a");
                    return pair(task::run, task::get);
                });
        trials.add(
                "FutureTask.isDone",
                () -> {
                    var task = new FutureTask<>(() -> "a");
                    return pair(task::run, () -> until(task::isDone));
                });
        trials.add(
                "FutureTask.cancel",
                () -> {
                    var task = new FutureTask<>(() -> "a");
                    return pair(() -> task.cancel(false), () -> until(task::isCancelled));
                });
        trials.add(
                "CompletableFuture.get",
                () -> {
                    var future = new CompletableFuture<String>();
                    return pair(() -> future.complete("a"), future::get);
                });
        trials.add(
                "CompletableFuture.join after an exception",
                () -> {
                    var future = new CompletableFuture<String>();
                    return pair(
                            () -> future.completeExceptionally(new IllegalStateException()),
                            () -> future.handle((_, _) -> "").join());
                });
        trials.add(
                "CompletableFuture, chain",
                () -> {
                    var future = new CompletableFuture<String>();
                    CompletableFuture<Integer> end = future.thenApply(String::length).thenCombine(future, (n, _) -> n);
                    return pair(() -> future.complete("a"), end::join);
                });
        trials.add(
                "CompletableFuture, asynchronous chain",
                () -> {
                    var future = new CompletableFuture<String>();
                    CompletableFuture<Void> end = future.thenApplyAsync(String::length).thenAcceptAsync(_ -> {});
                    return pair(() -> future.complete("a"), end::join);
                });
        trials.add(
                "CompletableFuture.allOf",
                () -> {
                    var future = new CompletableFuture<String>();
                    CompletableFuture<Void> end =
                            CompletableFuture.allOf(CompletableFuture.completedFuture(""), future);
                    return pair(() -> future.complete("a"), end::join);
                });
        trials.add(
                "CompletableFuture.supplyAsync",
                () -> {
                    var future = new CompletableFuture<String>();
                    return pair(() -> CompletableFuture.runAsync(() -> future.complete("a")), future::join);
                });
        addExecutor(trials, "ThreadPoolExecutor", Executors::newCachedThreadPool);
        addExecutor(trials, "ThreadPoolExecutor with one thread", Executors::newSingleThreadExecutor);
        addExecutor(trials, "ForkJoinPool", () -> new ForkJoinPool(2));
        addExecutor(trials, "common ForkJoinPool", ForkJoinPool::commonPool);
        addExecutor(trials, "ThreadPerTaskExecutor", Executors::newVirtualThreadPerTaskExecutor);
        addExecutor(trials, "ScheduledThreadPoolExecutor", () -> Executors.newScheduledThreadPool(1));
        trials.add("ForkJoinPool, from a task to the end", () -> termination(new ForkJoinPool(2)));
        trials.add("ThreadPoolExecutor, from a task to the end", () -> termination(Executors.newFixedThreadPool(2)));
        trials.add(
                "ThreadPerTaskExecutor, from a task to the end",
                () -> termination(Executors.newVirtualThreadPerTaskExecutor()));
        trials.add("RecursiveAction, ForkJoinTask.fork and join", () -> forks(new ForkJoinPool(2)));
        trials.add("CountedCompleter", TaskTrials::counted);
        trials.add("ScheduledThreadPoolExecutor.schedule", TaskTrials::schedule);
        trials.add("ExecutorCompletionService", TaskTrials::completionService);
        trials.add("Timer", TaskTrials::timer);
        trials.add("CyclicBarrier, action", TaskTrials::barrierAction);
    }

    /// From the thread that submits a task to the thread that gets the result.
    private static void addExecutor(Trials trials, String name, Supplier<ExecutorService> maker) {
        trials.add(
                name + ", to the result",
                () -> {
                    ExecutorService executor = maker.get();
                    var result = new Unordered<java.util.concurrent.Future<?>>();
                    return pair(() -> result.set(executor.submit(() -> "a")), () -> result.await().get());
                });
        trials.add(
                name + ", to the result of many",
                () -> {
                    ExecutorService executor = maker.get();
                    var result = new Unordered<java.util.concurrent.Future<?>>();
                    return pair(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    var _ = executor.submit(() -> {});
                                }
                                result.set(executor.submit(() -> "a"));
                            },
                            () -> result.await().get());
                });
    }

    /// A place for a value, which orders nothing, as this class has no hooks.
    private static final class Unordered<T> {

        private volatile @Nullable T value;

        void set(T newValue) {
            value = newValue;
        }

        T await() {
            T known = value;
            while (known == null) {
                Thread.yield();
                known = value;
            }
            return known;
        }
    }

    private static Pair termination(ExecutorService executor) {
        ran = false;
        return pair(
                () -> {
                    executor.execute(() -> ran = true);
                    until(() -> ran);
                },
                () -> {
                    until(() -> ran);
                    executor.shutdown();
                    var _ = executor.awaitTermination(1, TimeUnit.HOURS);
                });
    }

    private static Pair forks(ForkJoinPool pool) {
        var result = new Unordered<ForkJoinTask<?>>();
        return pair(
                () ->
                        result.set(
                                pool.submit(
                                        new RecursiveAction() {
                                            @Override
                                            protected void compute() {
                                                ForkJoinTask.invokeAll(
                                                        ForkJoinTask.adapt(() -> {}), ForkJoinTask.adapt(() -> {}));
                                            }
                                        })),
                () -> result.await().join());
    }

    private static Pair counted() {
        var result = new Unordered<CountedCompleter<?>>();
        return pair(
                () -> {
                    var root = new Completer(null);
                    root.addToPendingCount(1);
                    new Completer(root).fork();
                    result.set(root);
                    root.tryComplete();
                },
                () -> result.await().join());
    }

    @SuppressWarnings("serial")
    private static final class Completer extends CountedCompleter<Void> {

        Completer(@Nullable CountedCompleter<?> parent) {
            super(parent);
        }

        @Override
        public void compute() {
            tryComplete();
        }
    }

    private static Pair schedule() {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
        var result = new Unordered<java.util.concurrent.Future<?>>();
        return pair(
                () -> result.set(executor.schedule(() -> "a", 1, TimeUnit.MILLISECONDS)), () -> result.await().get());
    }

    private static Pair completionService() {
        var service = new ExecutorCompletionService<String>(Executors.newFixedThreadPool(1));
        return pair(() -> service.submit((Callable<String>) () -> "a"), () -> service.take().get());
    }

    private static Pair timer() {
        var timer = new Timer(true);
        var arrived = new CompletableFuture<String>();
        return pair(
                () ->
                        timer.schedule(
                                new TimerTask() {
                                    @Override
                                    public void run() {
                                        arrived.complete("a");
                                    }
                                },
                                1),
                arrived::join);
    }

    private static Pair barrierAction() {
        var arrived = new CompletableFuture<String>();
        var barrier = new CyclicBarrier(2, () -> arrived.complete("a"));
        return pair(
                barrier::await,
                () -> {
                    barrier.await();
                    arrived.join();
                });
    }
}
