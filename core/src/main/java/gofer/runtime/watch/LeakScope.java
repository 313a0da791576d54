package gofer.runtime.watch;

import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.goroutine.Goroutine;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Origin;
import gofer.runtime.park.World;
import gofer.runtime.sched.Scheduling;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A block of code with all goroutines that it starts, directly or indirectly, without everything else that runs in
/// the process.
public final class LeakScope {

    /// The time that goroutines have, after the end of the block, to end or to reach the place where they wait.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /// Where leaks cannot be proved, a goroutine that still waits after this time counts as leaked.
    private static final long GUESS = TimeUnit.SECONDS.toNanos(1);

    private static final int SEARCHES = 3;

    private static final long REST = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

    private LeakScope() {}

    /// Runs `block` in its own goroutine, throws what it throws, and returns the goroutines that have leaked. On the
    /// JDK's scheduler this is a guess: the goroutines that still wait a second later.
    public static Dump leaksOf(Body block) throws Exception {
        var scope = new LeakScope();
        scope.run(block);
        if (World.current()
                instanceof World world) { // after settle() no goroutine can continue, so no collection is needed
            world.settle();
            return scope.remaining();
        }
        long start = System.nanoTime();
        while (scope.isAnyAwake() && System.nanoTime() - start < PATIENCE) {
            LockSupport.parkNanos(scope, REST);
        }
        if (Scheduling.isOurs()) {
            return scope.search();
        }
        while (scope.isAnyAlive() && System.nanoTime() - start < GUESS) {
            LockSupport.parkNanos(scope, REST);
        }
        return scope.remaining();
    }

    private Dump remaining() {
        return Goroutines.inspect(() -> Dump.of(Goroutines.all().stream().filter(this::has)));
    }

    /// Searches several times, because a single search may miss a goroutine to which another thread held a reference a
    /// moment ago.
    private Dump search() {
        Dump found = LeakSearch.find(this::has);
        for (int again = 1; again < SEARCHES && found.groups().isEmpty() && isAnyAlive(); again++) {
            found = LeakSearch.find(this::has);
        }
        return found;
    }

    private boolean has(GoroutineSnapshot snapshot) {
        return snapshot.origin() instanceof Origin origin && origin.scope() == this;
    }

    private void run(Body block) throws Exception {
        Body carried = Carriers.capture(block);
        var ended = new CountDownLatch(1);
        Goroutines.startWithin(this, () -> call(carried), ended::countDown);
        ended.await();
        switch (thrown.get()) {
            case null -> {}
            case Exception exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new ExecutionException(other);
        }
    }

    private void call(Body block) {
        try {
            block.run();
        } catch (Goexit ended) {
            throw ended;
        } catch (Throwable failed) {
            thrown.set(failed);
        }
    }

    private boolean has(G g) {
        return g.origin().scope() == this;
    }

    private boolean isAnyAwake() {
        return Goroutines.inspect(
                () -> Goroutines.all().stream().anyMatch(g -> has(g) && g.stateNow() != Goroutine.State.WAITING));
    }

    private boolean isAnyAlive() {
        return Goroutines.inspect(() -> Goroutines.all().stream().anyMatch(this::has));
    }
}
