package gofer.testing;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.goroutine.InterruptException;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.interop.Publishers;
import gofer.sync.WaitGroup;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/// Futures, executors and publishers in all schedules of small programs.
class InteropOutcomesTest {

    private final StringBuilder seen = new StringBuilder();

    /// Each of two tasks runs, is returned by `shutdownNow`, or is rejected.
    @Test
    void executorLosesNoTask() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    var executor = new GoExecutor(1);
                                    Chan<String> fates = Chan.make(4);
                                    var submitters = new WaitGroup();
                                    for (int i = 0; i < 2; i++) {
                                        submitters.go(() -> {
                                            try {
                                                executor.execute(() -> fates.send("ran"));
                                            } catch (RejectedExecutionException _) {
                                                fates.send("rejected");
                                            }
                                        });
                                    }
                                    executor.shutdownNow().forEach(_ -> fates.send("returned"));
                                    submitters.await();
                                    executor.close();
                                    fates.close();
                                    var sorted = new TreeSet<String>();
                                    int count = 0;
                                    for (String fate : fates) {
                                        sorted.add(fate);
                                        count++;
                                    }
                                    seen.append(count).append(sorted);
                                }))
                .isEqualTo("[2[ran, rejected], 2[ran, returned], 2[ran], 2[rejected]]");
    }

    /// Also if its goroutine has not begun the task yet. Otherwise `close` would wait forever.
    @Test
    void shutdownNowInterruptsAStartedTask() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    var executor = new GoExecutor(1);
                                    executor.execute(() -> {
                                        try {
                                            RecvChan.<Integer>never().recv();
                                        } catch (InterruptException _) {
                                            seen.append("interrupted");
                                        }
                                    });
                                    seen.append(executor.shutdownNow().size());
                                    executor.close();
                                }))
                .isEqualTo("[0interrupted]");
    }

    /// The work ends in time, or the cancellation comes first.
    @Test
    void cancellationRacesWithTheEndOfTheWork() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    Context[] context = new Context[1];
                                    CompletableFuture<String> future =
                                            Futures.go(
                                                    Context.background(),
                                                    ctx -> {
                                                        context[0] = ctx;
                                                        return ctx.isDone() ? "too late" : "in time";
                                                    });
                                    var wg = new WaitGroup();
                                    wg.go(() -> future.cancel(false));
                                    wg.await();
                                    try {
                                        seen.append(future.join());
                                    } catch (CancellationException _) {
                                        seen.append("cancelled");
                                    }
                                }))
                .isEqualTo("[cancelled, in time]");
    }

    @Test
    void resultOfAFutureArrivesBeforeTheClose() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    CompletableFuture<Integer> future = new CompletableFuture<>();
                                    RecvChan<Integer> chan = Futures.chan(future);
                                    go(() -> future.complete(1));
                                    chan.forEach(seen::append);
                                }))
                .isEqualTo("[1]");
    }

    /// Each value goes to the subscriber or stays in the channel, whenever the subscriber cancels.
    @Test
    void cancelledSubscriptionLosesNoValue() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    Chan<Integer> chan = Chan.make(2);
                                    chan.send(1);
                                    chan.send(2);
                                    chan.close();
                                    var subscriber = new Collecting(2);
                                    Publishers.of(chan).subscribe(subscriber);
                                    subscriber.subscription.recv().cancel();
                                    var all = new TreeSet<Integer>();
                                    chan.forEach(all::add);
                                    int got = 2 - all.size();
                                    for (int i = 0; i < got; i++) all.add(subscriber.values.recv());
                                    seen.append(got).append(all);
                                }))
                .isEqualTo("[0[1, 2], 1[1, 2], 2[1, 2]]");
    }

    /// Through a publisher and back. No goroutine is left, otherwise the exploration reports it.
    @Test
    void valuesKeepTheirOrder() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    Chan<Integer> chan = Chan.make(2);
                                    chan.send(1);
                                    chan.send(2);
                                    chan.close(new IllegalStateException("end"));
                                    try {
                                        Publishers.chan(Context.background(), Publishers.of(chan), 1)
                                                .forEach(seen::append);
                                    } catch (ChanClosedException closed) {
                                        seen.append(closed.getCause());
                                    }
                                }))
                .isEqualTo("[12java.lang.IllegalStateException: end]");
    }

    /// The context ends both goroutines between the two channels, wherever they are.
    @Test
    void endOfTheContextLeavesNothingBehind() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    Chan<Integer> chan = Chan.make(1);
                                    chan.send(1);
                                    try (var ctx = Context.background().withCancel()) {
                                        var _ = Publishers.chan(ctx, Publishers.of(chan), 1);
                                    }
                                }))
                .isEqualTo("[]");
    }

    /// A subscriber that requests some values at once and passes them on.
    private static final class Collecting implements Flow.Subscriber<Integer> {

        final Chan<Flow.Subscription> subscription = Chan.make(1);
        final Chan<Integer> values = Chan.make(2);
        private final int demand;

        Collecting(int demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Flow.Subscription added) {
            added.request(demand);
            subscription.send(added);
        }

        @Override
        public void onNext(Integer value) {
            values.send(value);
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
        }

        @Override
        public void onComplete() {}
    }
}
