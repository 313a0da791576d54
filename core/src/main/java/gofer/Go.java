package gofer;

import gofer.chan.Arm;
import gofer.chan.RecvChan;
import gofer.chan.Select;
import gofer.chan.Selected;
import gofer.chan.Selects;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.Carriers;
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

/// The functions of Go's language and packages, for `import static gofer.Go.*;`.
@CheckReturnValue
public final class Go {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private Go() {}

    /// Starts a goroutine that runs `body` concurrently with the caller, and returns at once.
    ///
    /// The goroutine ends when the body returns, throws, or calls [#goexit]. An exception that leaves the body goes to
    /// the uncaught exception handler of the goroutine's thread. Under [#main] and the launcher it is reported on
    /// standard error and the process exits with status 2. Goroutines do not keep the JVM alive.
    ///
    /// **Memory:** the call happens before the body starts. The end of a goroutine is not ordered before any event.
    ///
    /// **Go:** [go statements](https://go.dev/ref/spec#Go_statements).
    @CanIgnoreReturnValue
    public static Goroutine go(Body body) {
        return Goroutines.start("", body);
    }

    /// Starts a goroutine as [#go(Body)] does, with a name for dumps and reports.
    @CanIgnoreReturnValue
    public static Goroutine go(String name, Body body) {
        return Goroutines.start(name, body);
    }

    /// Runs a program by Go's rules. `body` is the main goroutine. When it returns, the process exits with status 0,
    /// whatever other goroutines are doing. When an exception leaves any goroutine, it is reported on standard error
    /// and the process exits with status 2.
    ///
    /// If all goroutines are asleep and no timer or other thread can wake any of them, the process also exits with
    /// status 2, after a dump of all goroutines. If a shutdown hook, a signal handler or an MBean operation could still
    /// wake one, Gofer prints a warning instead, once, and the program continues. On the JDK's scheduler it always
    /// prints the warning, because shutdown hooks cannot be detected there. While a channel or a context receives
    /// signals (see [gofer.signal.Signals]), a signal can wake a goroutine, and Gofer does neither.
    ///
    /// If the main goroutine calls [#goexit], other goroutines and threads continue. When none of them can make
    /// progress any more, the program ends with a fatal error. This method does not return: the calling thread waits
    /// for the end of the process and keeps it alive. Throws [IllegalStateException] if a program is already running.
    public static void main(Body body) {
        Program.main(body);
    }

    /// Registers `carrier` for the whole process: from now on it carries context into every goroutine that is started,
    /// whichever call starts it. See [Carrier].
    ///
    /// {@snippet file="snippets/Carry.java" region="carry"}
    ///
    /// With several carriers, the one that was registered first establishes its context first and removes it last. A
    /// program calls this once at its beginning and ignores the result. A test closes the result.
    ///
    /// Throws [UnsupportedOperationException] in a bubble or an exploration. A carrier that was registered before works
    /// there too.
    @CanIgnoreReturnValue
    public static Carrier.Registration carry(Carrier carrier) {
        return Carriers.add(carrier);
    }

    /// Sleeps for at least `d`. Returns at once if `d` is zero or negative. Throws [gofer.goroutine.InterruptException]
    /// if interrupted.
    public static void sleep(Duration d) {
        if (Objects.requireNonNull(d, "d").isPositive()) {
            World.point(SyncPoint.SLEEP, World.CLOCK);
            Sleeper.sleepUntil(Timers.in(d));
        }
    }

    /// Returns a channel on which the time arrives once, after `d`: the timeout of a select. See [Alarm].
    public static RecvChan<Instant> after(Duration d) {
        return Alarm.in(d).c();
    }

    /// Runs `f` in its own goroutine after `d`. The returned alarm can be stopped or reset.
    @CanIgnoreReturnValue
    public static Alarm afterFunc(Duration d, Body f) {
        return Alarm.func(d, f);
    }

    /// Returns the channel of a [Ticker] with period `d`. If `d` is zero or negative, returns a channel that is never
    /// ready.
    public static RecvChan<Instant> tick(Duration d) {
        return Objects.requireNonNull(d, "d").isPositive() ? Ticker.every(d).c() : RecvChan.never();
    }

    /// Lets other goroutines run. The caller stays runnable.
    public static void gosched() {
        G.gosched();
    }

    /// Ends the calling goroutine, and no other. Runs the `finally` blocks on the stack and never returns.
    ///
    /// Unwinds the stack by throwing an [Error], which must not be caught. Throws [IllegalStateException] on a thread
    /// that is not a goroutine. The return type allows `throw goexit()`, which tells the compiler that the next
    /// statement is unreachable.
    @CanIgnoreReturnValue
    public static RuntimeException goexit() {
        if (G.current() == null) {
            throw new IllegalStateException("goexit on " + Thread.currentThread() + ", which is not a goroutine");
        }
        throw new Exit();
    }

    /// Blocks forever, or until interrupted: then throws [gofer.goroutine.InterruptException]. The return type allows
    /// `throw block()`, which tells the compiler that the next statement is unreachable.
    ///
    /// **Go:** `select {}`.
    @CanIgnoreReturnValue
    public static RuntimeException block() {
        throw Sleeper.sleepForever(WaitReason.SELECT_NO_CASES, "nothing", null);
    }

    /// Returns the number of goroutines that have not ended, including the main goroutine: never less than 1. In a
    /// bubble or an exploration, counts only the goroutines that belong to it. The number is a snapshot: a goroutine
    /// that others have seen finish may still be counted.
    public static int numGoroutine() {
        if (World.current() instanceof World world) {
            World.point(SyncPoint.INSPECT, World.GOROUTINES);
            return world.countGoroutines();
        }
        return Math.max(1, Goroutines.count() + LeakSearch.count() + (Program.isRunning() ? 0 : 1));
    }

    /// Returns the number of processors that were available to the process when it started.
    public static int numCpu() {
        return CPUS;
    }

    /// Sets the maximum number of goroutines that run at the same time, and returns the previous setting. If `n` is
    /// zero or negative, the setting does not change. With 1, a program is concurrent but never parallel.
    ///
    /// When the limit is lowered, goroutines above it keep running until they next wait or yield. On Gofer's scheduler,
    /// a goroutine that does neither for 10 ms while others are ready stops counting towards the limit, so it cannot
    /// keep them from running. On the JDK's scheduler, the limit applies to all virtual threads of the process, and a
    /// surplus carrier stops when it next runs out of goroutines.
    ///
    /// Throws [IllegalArgumentException] if the scheduler does not accept `n`. Gofer's scheduler accepts up to 1024.
    @CanIgnoreReturnValue
    public static int gomaxprocs(int n) {
        return Procs.set(n);
    }

    /// Returns which scheduler runs the goroutines of this process.
    public static Scheduler scheduler() {
        return Scheduling.isOurs() ? Scheduler.GOFER : Scheduler.JDK;
    }

    /// Returns the stacks of all goroutines, the current one first, each with its state and the place where it was
    /// started. Other threads that wait for a channel, a lock or another Gofer object follow.
    public static String stacks() {
        return Dump.withCaller();
    }

    /// Waits until `a` is ready and performs it.
    public static <A> Selected.Of1<A> select(Arm<A> a) {
        return Selects.select(a);
    }

    /// Waits until at least one arm is ready and performs one of the ready arms, chosen uniformly at random.
    ///
    /// {@snippet file="snippets/Choice.java" region="select"}
    ///
    /// An arm is a channel, to receive from it, or [gofer.chan.SendChan#sending]. The same channel may appear in
    /// several arms. The position of the chosen arm determines the type of the result: [gofer.chan.First],
    /// [gofer.chan.Second] and so on. A closed channel is always ready: a receive from it returns, and a send on it
    /// throws [gofer.chan.ChanClosedException]. Throws [gofer.goroutine.InterruptException] if interrupted while
    /// waiting; then nothing has been sent or received. For more than six arms, or a number known only at run time, use
    /// [Select].
    ///
    /// **Memory:** the effects of the operation that is performed.
    ///
    /// **Go:** [select statements](https://go.dev/ref/spec#Select_statements).
    public static <A, B> Selected.Of2<A, B> select(Arm<A> a, Arm<B> b) {
        return Selects.select(a, b);
    }

    /// Selects among three arms, as [#select(Arm, Arm)] does.
    public static <A, B, C> Selected.Of3<A, B, C> select(Arm<A> a, Arm<B> b, Arm<C> c) {
        return Selects.select(a, b, c);
    }

    /// Selects among four arms, as [#select(Arm, Arm)] does.
    public static <A, B, C, D> Selected.Of4<A, B, C, D> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return Selects.select(a, b, c, d);
    }

    /// Selects among five arms, as [#select(Arm, Arm)] does.
    public static <A, B, C, D, E> Selected.Of5<A, B, C, D, E> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return Selects.select(a, b, c, d, e);
    }

    /// Selects among six arms, as [#select(Arm, Arm)] does.
    public static <A, B, C, D, E, F> Selected.Of6<A, B, C, D, E, F> select(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return Selects.select(a, b, c, d, e, f);
    }

    /// Throws [UnsupportedOperationException]. Declared only so that the compiler points to [Select] for more than six
    /// arms.
    ///
    /// @deprecated use [Select]
    @Deprecated(forRemoval = true)
    @SuppressWarnings("DoNotCallSuggester") // every compiler warns about @Deprecated
    public static Select select(Arm<?> a, Arm<?> b, Arm<?> c, Arm<?> d, Arm<?> e, Arm<?> f, Arm<?> g, Arm<?>... more) {
        throw new UnsupportedOperationException("select takes up to six arms: for more use a Select");
    }

    /// Performs `a` if it is ready, otherwise returns [gofer.chan.Default]. Never waits.
    public static <A> Selected.OrDefault1<A> trySelect(Arm<A> a) {
        return Selects.trySelect(a);
    }

    /// Performs one of the arms if one is ready, as [#select(Arm, Arm)] does. Returns [gofer.chan.Default] if no arm
    /// was ready at some instant during the call. Never waits.
    ///
    /// **Go:** a select with a default.
    public static <A, B> Selected.OrDefault2<A, B> trySelect(Arm<A> a, Arm<B> b) {
        return Selects.trySelect(a, b);
    }

    /// Selects among three arms without waiting, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C> Selected.OrDefault3<A, B, C> trySelect(Arm<A> a, Arm<B> b, Arm<C> c) {
        return Selects.trySelect(a, b, c);
    }

    /// Selects among four arms without waiting, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C, D> Selected.OrDefault4<A, B, C, D> trySelect(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return Selects.trySelect(a, b, c, d);
    }

    /// Selects among five arms without waiting, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C, D, E> Selected.OrDefault5<A, B, C, D, E> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return Selects.trySelect(a, b, c, d, e);
    }

    /// Selects among six arms without waiting, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C, D, E, F> Selected.OrDefault6<A, B, C, D, E, F> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return Selects.trySelect(a, b, c, d, e, f);
    }

    /// Throws [UnsupportedOperationException]. Declared only so that the compiler points to [Select] for more than six
    /// arms.
    ///
    /// @deprecated use [Select]
    @Deprecated(forRemoval = true)
    @SuppressWarnings("DoNotCallSuggester") // every compiler warns about @Deprecated
    public static Select trySelect(
            Arm<?> a, Arm<?> b, Arm<?> c, Arm<?> d, Arm<?> e, Arm<?> f, Arm<?> g, Arm<?>... more) {
        throw new UnsupportedOperationException("trySelect takes up to six arms: for more use a Select");
    }
}
