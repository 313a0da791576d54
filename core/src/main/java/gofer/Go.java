package gofer;

import gofer.chan.Arm;
import gofer.chan.RecvChan;
import gofer.chan.Select;
import gofer.chan.Selected;
import gofer.chan.Selects;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.Exit;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import gofer.runtime.program.Program;
import gofer.runtime.sched.Scheduling;
import gofer.runtime.watch.Dump;
import gofer.runtime.watch.LeakSearch;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// The verbs of Go, for `import static gofer.Go.*;`.
@CheckReturnValue
public final class Go {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private Go() {}

    /// Starts a goroutine that runs `body`, concurrently with the caller, and returns at once.
    ///
    /// It ends when the body returns, throws, or calls [#goexit]. An exception that leaves the body goes to the uncaught
    /// exception handler of its thread; under [#main] and the launcher it ends the program: a report on standard
    /// error, exit status 2. Goroutines do not keep the JVM alive.
    ///
    /// **Memory:** the call happens before the body starts. The end of a goroutine orders nothing.
    ///
    /// **Go:** [go statements](https://go.dev/ref/spec#Go_statements).
    @CanIgnoreReturnValue
    public static Goroutine go(Body body) {
        return Goroutines.start("", body);
    }

    /// As [#go(Body)], with a name for dumps and reports.
    @CanIgnoreReturnValue
    public static Goroutine go(String name, Body body) {
        return Goroutines.start(name, body);
    }

    /// Runs a program by Go's rules: `body` is the main goroutine, and the process exits with status 0 when it returns,
    /// whatever other goroutines do; an exception that leaves any goroutine is reported on standard error and the
    /// process exits with status 2.
    ///
    /// A program of which all goroutines are asleep for ever, and no timer or other thread is left that could wake one, ends in
    /// the same way, with a dump of all goroutines. If a shutdown hook or the handler of a signal could, or an operation of
    /// an MBean, there is a warning instead, once, and the program runs on. So it is always on the JDK's scheduler, where
    /// nobody knows whether there are hooks.
    ///
    /// If the main goroutine calls [#goexit] the others go on, and other threads; when none is left that could do something, the
    /// program ends with a fatal error. Does not return: the thread that calls it waits for the end of the process, and
    /// keeps it alive. Throws [IllegalStateException] if it runs already.
    public static void main(Body body) {
        Program.main(body);
    }

    /// Blocks for at least `d`; not at all if that is zero or negative. Throws
    /// [gofer.goroutine.InterruptException] if interrupted.
    public static void sleep(Duration d) {
        if (Objects.requireNonNull(d, "d").isPositive()) {
            World.point(SyncPoint.SLEEP, World.CLOCK);
            Sleeper.sleepUntil(Timers.in(d));
        }
    }

    /// A channel on which the time arrives once, after `d`: the timeout of a select. See [Alarm].
    public static RecvChan<Instant> after(Duration d) {
        return Alarm.in(d).c();
    }

    /// Runs `f` in a goroutine of its own after `d`; the answer can stop or reset it.
    @CanIgnoreReturnValue
    public static Alarm afterFunc(Duration d, Body f) {
        return Alarm.func(d, f);
    }

    /// A channel on which the time arrives every `d`, as that of a [Ticker]; never, if `d` is zero or negative.
    public static RecvChan<Instant> tick(Duration d) {
        return Objects.requireNonNull(d, "d").isPositive() ? Ticker.every(d).c() : RecvChan.never();
    }

    /// Lets other goroutines run; the caller stays ready.
    public static void gosched() {
        G.gosched();
    }

    /// Ends the goroutine that calls it, and no other; `finally` blocks run on the way out. Never returns.
    ///
    /// It unwinds the stack with an [Error] that must be let through. Throws [IllegalStateException] on a thread that is
    /// not a goroutine. Declared to return, so that `throw goexit()` tells the compiler.
    @CanIgnoreReturnValue
    public static RuntimeException goexit() {
        if (G.current() == null) {
            throw new IllegalStateException("goexit on " + Thread.currentThread() + ", which is not a goroutine");
        }
        throw new Exit();
    }

    /// Blocks for ever. Throws [gofer.goroutine.InterruptException] if interrupted, and has no other way to end. Declared
    /// to return, so that `throw block()` tells the compiler.
    ///
    /// **Go:** `select {}`.
    @CanIgnoreReturnValue
    public static RuntimeException block() {
        throw Sleeper.sleepForEver(WaitReason.SELECT_NO_CASES, "nothing", null);
    }

    /// How many goroutines live, the main one included: never less than 1; in a bubble or an exploration, of those that
    /// belong to it. Racy by nature: one that others have seen finish may still be counted.
    public static int numGoroutine() {
        if (World.current() instanceof World world) {
            World.point(SyncPoint.INSPECT, World.GOROUTINES);
            return world.countGoroutines();
        }
        return Math.max(1, Goroutines.count() + LeakSearch.count() + (Program.isRunning() ? 0 : 1));
    }

    /// How many processors the process could use when it started.
    public static int numCpu() {
        return CPUS;
    }

    /// Lets at most `n` goroutines run at the same time, and returns the number before; changes nothing if `n` is zero or
    /// negative. With 1 a program is concurrent and never parallel.
    ///
    /// A goroutine that is running, beyond `n`, goes on until it next waits or yields. On Gofer's scheduler one that does
    /// neither for 10 ms while others wait does not count any more, so that it cannot keep them from running. On the JDK's
    /// scheduler the number holds for all virtual threads of the process, and a carrier that is one too many stops when it
    /// next runs out of goroutines.
    ///
    /// Throws [IllegalArgumentException] if the scheduler refuses `n`: Gofer's takes up to 1024.
    @CanIgnoreReturnValue
    public static int gomaxprocs(int n) {
        return Procs.set(n);
    }

    /// Which scheduler runs the goroutines of this process.
    public static Scheduler scheduler() {
        return Scheduling.isOurs() ? Scheduler.GOFER : Scheduler.JDK;
    }

    /// The stacks of all goroutines, the current one first, each with its state and where it was started. Threads that are
    /// no goroutines follow, if they wait for a channel, a lock or something else of Gofer's.
    public static String stacks() {
        return Dump.withCaller();
    }

    /// Carries out `a`, waiting until it is ready.
    public static <A> Selected.Of1<A> select(Arm<A> a) {
        return Selects.select(a);
    }

    /// Carries out one of the arms, waiting until one is ready; chosen uniformly if several are.
    ///
    /// {@snippet file="snippets/Choice.java" region="select"}
    ///
    /// An arm is a channel, to receive from it, or [gofer.chan.SendChan#sending]; one channel may appear in several. The
    /// answer tells by its position which arm it was. A closed channel is always ready; if a send on one is chosen,
    /// [gofer.chan.ChanClosedException] is thrown. Throws [gofer.goroutine.InterruptException] if interrupted while it
    /// waits; then nothing has been sent or received. For more than six arms, or a number known at run time: [Select].
    ///
    /// **Memory:** as the operation that is carried out.
    ///
    /// **Go:** [select statements](https://go.dev/ref/spec#Select_statements).
    public static <A, B> Selected.Of2<A, B> select(Arm<A> a, Arm<B> b) {
        return Selects.select(a, b);
    }

    /// As [#select(Arm, Arm)].
    public static <A, B, C> Selected.Of3<A, B, C> select(Arm<A> a, Arm<B> b, Arm<C> c) {
        return Selects.select(a, b, c);
    }

    /// As [#select(Arm, Arm)].
    public static <A, B, C, D> Selected.Of4<A, B, C, D> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return Selects.select(a, b, c, d);
    }

    /// As [#select(Arm, Arm)].
    public static <A, B, C, D, E> Selected.Of5<A, B, C, D, E> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return Selects.select(a, b, c, d, e);
    }

    /// As [#select(Arm, Arm)].
    public static <A, B, C, D, E, F> Selected.Of6<A, B, C, D, E, F> select(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return Selects.select(a, b, c, d, e, f);
    }

    /// There is none of more than six arms: use a [Select], by which the compiler says so.
    ///
    /// @deprecated throws [UnsupportedOperationException]
    @Deprecated(forRemoval = true)
    @SuppressWarnings("DoNotCallSuggester") // that is what deprecated says, to all compilers
    public static Select select(Arm<?> a, Arm<?> b, Arm<?> c, Arm<?> d, Arm<?> e, Arm<?> f, Arm<?> g, Arm<?>... more) {
        throw new UnsupportedOperationException("select takes up to six arms: for more use a Select");
    }

    /// Carries out `a` if it is ready, else answers [gofer.chan.Default].
    public static <A> Selected.OrDefault1<A> trySelect(Arm<A> a) {
        return Selects.trySelect(a);
    }

    /// Carries out one of the arms if one is ready, as [#select(Arm, Arm)]; answers [gofer.chan.Default] if, at one
    /// instant, none was. Never waits.
    ///
    /// **Go:** a select with a default.
    public static <A, B> Selected.OrDefault2<A, B> trySelect(Arm<A> a, Arm<B> b) {
        return Selects.trySelect(a, b);
    }

    /// As [#trySelect(Arm, Arm)].
    public static <A, B, C> Selected.OrDefault3<A, B, C> trySelect(Arm<A> a, Arm<B> b, Arm<C> c) {
        return Selects.trySelect(a, b, c);
    }

    /// As [#trySelect(Arm, Arm)].
    public static <A, B, C, D> Selected.OrDefault4<A, B, C, D> trySelect(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return Selects.trySelect(a, b, c, d);
    }

    /// As [#trySelect(Arm, Arm)].
    public static <A, B, C, D, E> Selected.OrDefault5<A, B, C, D, E> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return Selects.trySelect(a, b, c, d, e);
    }

    /// As [#trySelect(Arm, Arm)].
    public static <A, B, C, D, E, F> Selected.OrDefault6<A, B, C, D, E, F> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return Selects.trySelect(a, b, c, d, e, f);
    }

    /// There is none of more than six arms: use a [Select], by which the compiler says so.
    ///
    /// @deprecated throws [UnsupportedOperationException]
    @Deprecated(forRemoval = true)
    @SuppressWarnings("DoNotCallSuggester") // that is what deprecated says, to all compilers
    public static Select trySelect(
            Arm<?> a, Arm<?> b, Arm<?> c, Arm<?> d, Arm<?> e, Arm<?> f, Arm<?> g, Arm<?>... more) {
        throw new UnsupportedOperationException("trySelect takes up to six arms: for more use a Select");
    }
}
