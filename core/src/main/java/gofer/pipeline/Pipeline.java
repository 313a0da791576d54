package gofer.pipeline;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.park.World;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Stages of goroutines that receive values from a channel and send results on another one, and that end together.
///
/// {@snippet file="snippets/Stages.java" region="pipeline"}
///
/// **Start.** Each method that adds a stage starts its goroutines and returns its channel at once. They work until the
/// channel is full, also before it is read. An input can be any channel, of this pipeline or not. Stages that have the
/// same input share its values.
///
/// **End.** The goroutines belong to the pipeline. Those of a stage end when its input is closed and all results have
/// been sent; then the stage closes its channel. All stages end after a failure, when the parent context is done, and
/// when [#close] is called. `close` waits until all have ended, so make a pipeline in a `try` block. A reader that stops
/// early, by `break`, `return` or an exception, then needs nothing else.
///
/// **Failures.** What a function of a stage throws is the failure of the pipeline. So is the cause of an input that was
/// closed with one, a null result (a [NullPointerException]), and a `goexit` (an [IllegalStateException]). The first
/// failure cancels [#context] with itself as the cause, and that ends all stages. Each channel that was still open is
/// then closed with that cause. A reader first gets the values that are in the channel; then its `for` loop throws a
/// [gofer.chan.ChanClosedException] whose cause is the failure. Values inside the stages and in the channels between
/// them are dropped. An [Error] also goes to the uncaught exception handler of its goroutine, as in a
/// [gofer.group.ErrGroup].
///
/// After the context is done, a new stage starts no goroutine: its channel is closed with the cause.
///
/// **Limits.** A stage with `n` goroutines holds at most `n` values, and its channel at most the capacity of the
/// pipeline. If a stage is slow, the stages before it wait.
///
/// **Memory:** the send of a value happens before the call of a function for it, and the return of that call before the
/// receive of its result. What a stage does happens before the return of [#close].
///
/// **Go:** [pipelines](https://go.dev/blog/pipelines) are written by hand; the library `rill` has such stages.
@CheckReturnValue
public final class Pipeline implements AutoCloseable {

    private final @Nullable World home = World.current(); // if not null, the pipeline may be used only there
    private final CancelContext ctx;
    private final int capacity;
    private final WaitGroup running = new WaitGroup(); // the first goroutine of each stage, which waits for the others

    private Pipeline(CancelContext ctx, int capacity) {
        this.ctx = ctx;
        this.capacity = capacity;
    }

    /// Returns a pipeline whose channels have no buffer. Its context is derived from `parent`.
    public static Pipeline withContext(Context parent) {
        return withContext(parent, 0);
    }

    /// Returns a pipeline whose channels have buffers for `capacity` values. Its context is derived from `parent`.
    /// Throws [IllegalArgumentException] if `capacity` is negative.
    public static Pipeline withContext(Context parent, int capacity) {
        Objects.requireNonNull(parent, "parent");
        if (capacity < 0) {
            throw new IllegalArgumentException("pipeline: capacity " + capacity + " is negative");
        }
        return new Pipeline(parent.withCancel(), capacity);
    }

    /// Returns the context of the pipeline, which the functions of its stages get. It is done after a failure, after
    /// [#close], and when the parent is done.
    public Context context() {
        return ctx;
    }

    /// Adds a stage that runs `producer` in one goroutine, and returns the channel on which it sends. The channel is
    /// closed when the producer returns, if it has not closed the channel itself.
    ///
    /// {@snippet file="snippets/Stages.java" region="produce"}
    ///
    /// A producer can also read channels of the pipeline: this is how to write a stage that is not in this class. It
    /// may loop over them with `for`, because a failure closes them. A receive from another channel needs the context.
    public <T> RecvChan<T> produce(Producer<T> producer) {
        Objects.requireNonNull(producer, "producer");
        return start("produce", 1, producer);
    }

    /// Adds a stage that calls `f` for each value, in `n` goroutines, and returns the channel of the results. With `n`
    /// = 1, the results are in the order of the values. Otherwise each result is sent as soon as it is there. Throws
    /// [IllegalArgumentException] if `n` is less than 1.
    public <T, R> RecvChan<R> map(RecvChan<T> in, int n, Mapper<? super T, ? extends R> f) {
        check(in, n, f);
        return start(
                "map",
                n,
                (_, out) -> {
                    while (Stage.recv(ctx, in) instanceof Value(var value)) {
                        out.send(ctx, notNull(f.map(ctx, value)));
                    }
                });
    }

    /// Adds a stage as [#map] does, but sends the results in the order of the values. The `n` values that the stage
    /// holds include results that wait for a slower one before them. Throws [IllegalArgumentException] if `n` is less
    /// than 1.
    public <T, R> RecvChan<R> orderedMap(RecvChan<T> in, int n, Mapper<? super T, ? extends R> f) {
        check(in, n, f);
        var map = new OrderedMap<T, R>(ctx, in);
        return start("ordered map", n, (_, out) -> map.work(f, out));
    }

    /// Adds a stage that passes on the values for which `keep` returns true. It calls `keep` in `n` goroutines, and
    /// orders values as [#map] does. Throws [IllegalArgumentException] if `n` is less than 1.
    public <T> RecvChan<T> filter(RecvChan<T> in, int n, Mapper<? super T, Boolean> keep) {
        check(in, n, keep);
        return start(
                "filter",
                n,
                (_, out) -> {
                    while (Stage.recv(ctx, in) instanceof Value(var value)) {
                        if (notNull(keep.map(ctx, value))) {
                            out.send(ctx, value);
                        }
                    }
                });
    }

    /// Adds a stage that collects `size` values in a list, in their order. The last batch may be smaller. Throws
    /// [IllegalArgumentException] if `size` is less than 1.
    ///
    /// The lists cannot be changed. The stage holds at most `size` values.
    public <T> RecvChan<List<T>> batch(RecvChan<T> in, int size) {
        checkBatch(in, size);
        var batches = new Batches<>(ctx, in, size, null);
        return start("batch", 1, (_, out) -> batches.work(out));
    }

    /// Adds a stage as [#batch(RecvChan, int)] does, which also sends a smaller batch when `maxWait` has passed since
    /// it received the first value of the batch. A batch is never empty. While a batch waits for its reader, nothing is
    /// added to it. Throws [IllegalArgumentException] if `size` is less than 1, or if `maxWait` is not positive.
    public <T> RecvChan<List<T>> batch(RecvChan<T> in, int size, Duration maxWait) {
        checkBatch(in, size);
        checkPositive("maxWait", maxWait);
        var batches = new Batches<>(ctx, in, size, maxWait);
        return start("batch", 1, (_, out) -> batches.work(out));
    }

    /// Adds a stage that passes on the values of all channels of `ins`. The values of each of them keep their order.
    /// The stage has one goroutine for each. Its channel is closed when all are; if `ins` is empty, at once.
    public <T> RecvChan<T> merge(List<? extends RecvChan<? extends T>> ins) {
        Objects.requireNonNull(ins, "ins");
        Chan<RecvChan<? extends T>> waiting = Chan.make(ins.size()); // each goroutine takes one
        ins.forEach(in -> waiting.send(Objects.requireNonNull(in, "channel to merge")));
        waiting.close();
        return start(
                "merge",
                Math.max(1, waiting.cap()),
                (_, out) -> {
                    while (waiting.recvOk(ctx) instanceof Value(var in)) {
                        while (Stage.recv(ctx, in) instanceof Value(var value)) {
                            out.send(ctx, value);
                        }
                    }
                });
    }

    /// Adds a stage with `n` channels that sends each value on one of them: on that with the index
    /// `which.applyAsInt(value)`. An index outside of the list is a failure, an [IndexOutOfBoundsException]. Each
    /// channel keeps the order of its values. Throws [IllegalArgumentException] if `n` is less than 1.
    ///
    /// All channels must be read, by different goroutines or stages: while a value waits for its reader, those behind
    /// it wait, too.
    public <T> List<RecvChan<T>> split(RecvChan<T> in, int n, ToIntFunction<? super T> which) {
        check(in, n, which);
        List<Chan<T>> outs = Stream.generate(() -> Chan.<T>make(capacity)).limit(n).toList();
        start(
                "split",
                1,
                outs,
                () -> {
                    while (Stage.recv(ctx, in) instanceof Value(var value)) {
                        outs.get(Objects.checkIndex(which.applyAsInt(value), n)).send(ctx, value);
                    }
                });
        return List.copyOf(outs);
    }

    /// Adds a stage that passes on at most `n` values in any period of length `per`, in their order. A value counts
    /// when it enters the channel; without a buffer, when a reader has taken it. Throws [IllegalArgumentException] if
    /// `n` is less than 1, or if `per` is not positive.
    public <T> RecvChan<T> throttle(RecvChan<T> in, int n, Duration per) {
        Objects.requireNonNull(in, "in");
        checkPositive("n", n);
        checkPositive("per", per);
        return start(
                "throttle",
                1,
                (_, out) -> {
                    Queue<RecvChan<Instant>> last = new ArrayDeque<>(); // alarms, `per` after each of the last n values
                    while (Stage.recv(ctx, in) instanceof Value(var value)) {
                        if (last.size() == n) {
                            last.remove().recv(ctx);
                        }
                        out.send(ctx, value);
                        last.add(Go.after(per));
                    }
                });
    }

    /// Returns a sequential stream of the values of `in`, a channel of this pipeline. Closing the stream closes the
    /// pipeline, so a method can return the stream alone:
    ///
    /// {@snippet file="snippets/Stages.java" region="stream"}
    ///
    /// The terminal operation receives the values in the goroutine that calls it, no more than it needs. It throws a
    /// failure of the pipeline as a `for` loop does.
    public <T> Stream<T> stream(RecvChan<T> in) {
        Objects.requireNonNull(in, "in");
        var values = Spliterators.spliteratorUnknownSize(in.iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(values, false).onClose(this::close);
    }

    /// Cancels the context, and waits until all goroutines of the pipeline have ended. So a function that does not use
    /// the context delays the return. An interrupt does not end the wait; the interrupt status is set when this method
    /// returns. Does not throw the failure of the pipeline: the readers get that.
    ///
    /// Do not call this from a stage, which would wait for itself, nor while other goroutines add stages.
    @Override
    public void close() {
        World.checkUse(home, "pipeline");
        ctx.cancel();
        Stage.awaitAll(running);
    }

    /// Returns `pipeline`.
    @Override
    public String toString() {
        return "pipeline";
    }

    private <T> RecvChan<T> start(String name, int goroutines, Producer<T> work) {
        Chan<T> out = Chan.make(capacity);
        start(name, goroutines, List.of(out), () -> work.produce(ctx, out));
        return out;
    }

    private void start(String name, int goroutines, List<? extends Chan<?>> outs, Body work) {
        World.checkUse(home, "pipeline");
        var stage = new Stage(ctx, "pipeline " + name, outs, work);
        if (ctx.isDone()) {
            stage.close();
        } else {
            running.go("pipeline " + name, () -> stage.run(goroutines));
        }
    }

    /// Returns the cause of a context that is done.
    static RuntimeException causeOf(Context done) {
        return Objects.requireNonNull(done.cause());
    }

    static <R> R notNull(R result) {
        return Objects.requireNonNull(result, "the function of a pipeline stage returned null");
    }

    private static void check(RecvChan<?> in, int n, Object f) {
        Objects.requireNonNull(in, "in");
        checkPositive("n", n);
        Objects.requireNonNull(f, "function");
    }

    private static void checkBatch(RecvChan<?> in, int size) {
        Objects.requireNonNull(in, "in");
        checkPositive("size", size);
    }

    private static void checkPositive(String what, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("pipeline: " + what + " " + n + " is less than 1");
        }
    }

    private static void checkPositive(String what, Duration d) {
        if (!Objects.requireNonNull(d, what).isPositive()) {
            throw new IllegalArgumentException("pipeline: " + what + " " + d + " is not positive");
        }
    }
}
