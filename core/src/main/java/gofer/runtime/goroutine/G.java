package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.Fiber;
import gofer.runtime.park.HolderId;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Tracing;
import gofer.runtime.park.World;
import gofer.runtime.sched.Scheduling;
import gofer.runtime.sched.Startable;
import gofer.runtime.sched.StarvationGuard;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A goroutine. It is the handle that users see, and the record for dumps and reports.
public final class G extends Fiber implements Goroutine, Party, Startable {

    /// The id of the main goroutine.
    public static final long MAIN = 1;

    /// Handles an exception that leaves a goroutine; null if no program runs under `Go.main`.
    static volatile @Nullable BiConsumer<G, Throwable> onPanic;

    private static final Body NOTHING = () -> {};

    private final long id;
    private final String name;
    private Body body; // NOTHING after the end: the handle keeps nothing to which the body refers
    private final Runnable afterEnd;
    private final Origin origin;
    private volatile @Nullable Thread
            thread; // null until its first turn or until it is requested; written under the lock
    private volatile boolean ended;
    private volatile int pauses; // odd during pauseForOthers; written by its thread

    // Links of the list of all goroutines, guarded by its lock; see Goroutines.
    @Nullable G previous;
    @Nullable G next;
    @Nullable WeakGoroutine<?> detached; // what the list contains in its place

    public G(long id, String name, Body body, Runnable afterEnd, Origin origin) {
        this.id = id;
        this.name = name;
        this.body = body;
        this.afterEnd = afterEnd;
        this.origin = origin;
    }

    /// Returns the current goroutine, or null if the current thread is not a goroutine.
    public static @Nullable G current() {
        return Thread.currentThread().getUncaughtExceptionHandler() instanceof G g ? g : null;
    }

    /// Lets other goroutines run, and other threads of the scheduler.
    @SuppressWarnings("ThreadPriorityCheck") // the purpose of this method is to yield
    public static void gosched() {
        if (World.current() instanceof World world) {
            world.yieldNow();
        } else if (!pauseForOthers()) {
            Thread.yield();
        }
    }

    /// On the JDK's scheduler, if hand-offs pause, waits for the end of the pause and returns true. Otherwise returns
    /// false at once. Dumps show the waiting goroutine as runnable.
    static boolean pauseForOthers() {
        if (Scheduling.isOurs() || !StarvationGuard.delays(Thread.currentThread())) {
            return false;
        }
        if (current() instanceof G g) {
            int before = g.pauses;
            g.pauses = before + 1;
            try {
                StarvationGuard.await();
            } finally {
                g.pauses = before + 2;
            }
        } else {
            StarvationGuard.await();
        }
        return true;
    }

    @Override
    public void run() {
        Tracing.began(this);
        try {
            body.run();
        } catch (Goexit ended) {
            // the goroutine ends
        } catch (Throwable thrown) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
        } finally {
            end();
        }
    }

    private void end() {
        body = NOTHING;
        ended = true;
        try {
            Tracing.ended(this);
            cancelWakeUp();
        } finally { // even if there was no memory for the event
            Goroutines.remove(this);
            afterEnd.run();
            if (World.current() instanceof World world) {
                world.onEnd(this);
            }
        }
    }

    /// Reports `refused` on the carrier, as if the goroutine had thrown it. The goroutine then has ended without having
    /// begun.
    @Override
    public void cannotBegin(Throwable refused) {
        try {
            report(Thread.currentThread(), refused);
        } finally {
            end();
        }
    }

    /// Handles an exception that has left the body: it ends the program under `Go.main`; otherwise the JVM's default
    /// handling applies.
    @Override
    public void uncaughtException(Thread goroutine, Throwable thrown) {
        if (World.current() instanceof World world) {
            world.onPanic(this, thrown);
            return;
        }
        if (name.isEmpty() && onPanic == null) {
            goroutine.setName(toString());
        }
        report(goroutine, thrown);
    }

    private void report(Thread reporter, Throwable thrown) {
        if (onPanic instanceof BiConsumer<G, Throwable> program) {
            program.accept(this, thrown);
        } else {
            reporter.getThreadGroup().uncaughtException(reporter, thrown);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State state() {
        World.point(SyncPoint.INSPECT, this);
        return stateNow();
    }

    @Override
    public State stateNow() {
        if (ended) {
            return State.ENDED;
        }
        Thread made = thread;
        int before = pauses;
        Thread.State state = made == null ? Thread.State.NEW : made.getState();
        if (before % 2 != 0 || before != pauses) {
            return State.RUNNABLE;
        }
        return Party.stateOf(state);
    }

    @Override
    public WaitReason waitReason() {
        World.point(SyncPoint.INSPECT, this);
        if (stateNow() != State.WAITING) {
            return WaitReason.NONE;
        }
        return sleeper() instanceof Sleeper sleeper ? sleeper.reason() : WaitReason.OTHER;
    }

    @Override
    public String createdAt() {
        return origin.site().toString();
    }

    /// Returns the thread, and starts it if there is none yet.
    @Override
    public Thread thread() {
        Thread known = thread;
        return known != null ? known : startOnce(newThread(false));
    }

    @Override
    public void startInheriting() {
        startOnce(newThread(true));
    }

    private Thread newThread(boolean inherits) {
        Thread made = Scheduling.newThread(World.current(), name, this, inherits);
        made.setUncaughtExceptionHandler(this);
        return made;
    }

    /// Starts `made`, unless another thread was started meanwhile. Returns the one that was started.
    private Thread startOnce(Thread made) {
        acquire();
        try {
            Thread known = thread;
            if (known != null) {
                return known;
            }
            Scheduling.startThread(made);
            thread = made; // written after the start, so that no other thread sees an unstarted one
            return made;
        } finally {
            release();
        }
    }

    /// Returns whether it only forwards an event, see [ForwarderBody].
    public boolean isForwarder() {
        return body instanceof ForwarderBody;
    }

    @Override
    public @Nullable Thread startedThread() {
        return thread;
    }

    @Override
    public long holderId() {
        return thread instanceof Thread made ? HolderId.of(made) : 0;
    }

    @Override
    public StackTraceElement[] stack() {
        return thread instanceof Thread made ? made.getStackTrace() : new StackTraceElement[0];
    }

    @Override
    public long creator() {
        return origin.creator();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    /// Returns the last lines of a report: which goroutine started it and where, then the same for each known ancestor.
    /// Empty for the main goroutine.
    public String creation() {
        return id == MAIN ? "" : origin + System.lineSeparator() + origin.ancestors();
    }

    /// Returns `goroutine 7`, or `goroutine 7 "name"`.
    @Override
    public String toString() {
        return "goroutine " + id + (name.isEmpty() ? "" : " \"" + name + '"');
    }
}
