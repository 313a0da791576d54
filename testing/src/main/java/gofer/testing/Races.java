package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.World;
import gofer.testing.agent.GoferPoints;
import gofer.testing.race.Detector;
import gofer.testing.race.Race;
import gofer.testing.race.Strand;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The search for data races in the runs of an exploration: tells a [Detector] of the accesses to variables, and of the
/// operations that order goroutines.
final class Races {

    /*
     * Gofer's own edges come from HappensBefore, those of Java from the agent's points. A point is before an operation.
     *
     *   monitors           edges from exit to enter
     *   volatile fields    edges from write to read
     *   atomic variables   the same; a method that changes the variable does both
     *   variable handles   and field updaters: edges between all of them, and to and from all volatile fields
     *   initializers       of classes: edges from all before their end to all after it
     *   other objects of java.util.concurrent, and unknown ones of the JDK: edges from each call to each later call. A
     *       call may wait, and may run code of the program. So its edges are added again when it has ended, at the next
     *       point of the same goroutine. An object and its views, such as a lock and its conditions, are not known to
     *       belong together. So there are edges between all views, and between all views and all other such objects. Such
     *       an object may use its own monitor. So entering and leaving that is like a call.
     *
     * These edges are too many rather than too few: a race can be missed, but a report is never wrong.
     *
     * A program without races behaves as if its goroutines took turns between the other operations. So an access to a
     * plain variable is not a scheduling point. One in MAX_PLAIN is, because a loop may wait for a plain variable.
     */

    /// The number of accesses to plain variables without a scheduling point.
    private static final int MAX_PLAIN = 1000;

    private static final Object VIEWS = new Object();
    private static final Object DIRECT = new Object();
    private static final Object HANDLES = new Object();
    private static final Object VOLATILE_FIELDS = new Object();
    private static final Object INITIALIZERS = new Object();
    private static final String CALLS = "calls";
    private static final String MONITOR = "monitor";
    private static final String INTERRUPT = "interrupt";

    static {
        HappensBefore.record(new Recorder());
    }

    private final ExplorerLoop loop;
    private final IdentityHashMap<Thread, Strand> strands = new IdentityHashMap<>();
    private Detector detector = new Detector();
    private @Nullable String obstacle;
    private int plain; // accesses since the last scheduling point

    Races(ExplorerLoop loop) {
        this.loop = loop;
    }

    void begin() {
        detector = new Detector();
        strands.clear();
        obstacle = null;
        plain = 0;
    }

    /// Returns why races of this run, or of a part of it, are not reported; null if all are.
    @Nullable String obstacle() {
        return obstacle;
    }

    /// Called when `task` is about to start.
    void start(Task task) {
        Task starter = task.starter;
        if (starter != null) {
            completeLast(starter);
        }
        task.strand = detector.start(starter == null ? null : starter.strand, task);
    }

    /// Adds the edges of the last call of `task`, which has ended.
    void completeLast(Task task) {
        Strand strand = strand(task);
        if (task.lastCall != null) {
            call(strand, task.lastCall);
            task.lastCall = null;
        }
        if (task.joined != null) {
            Strand ended = task.joined.getState() == Thread.State.TERMINATED ? strands.get(task.joined) : null;
            if (ended != null) {
                detector.join(strand, ended);
            }
            task.joined = null;
        }
        detector.acquire(strand, Thread.currentThread(), INTERRUPT);
        detector.acquire(strand, INITIALIZERS, CALLS);
    }

    /// Called when `task` has run the initializer of a class, in which there are no scheduling points.
    void endInitializer(Task task) {
        Strand strand = strand(task);
        strands.values().forEach(other -> detector.join(strand, other));
        detector.release(strand, INITIALIZERS, CALLS);
    }

    private Strand strand(Task task) {
        if (task.strand == null) {
            throw new IllegalStateException("no strand of " + task);
        }
        strands.putIfAbsent(Thread.currentThread(), task.strand);
        return task.strand;
    }

    /// Called when `task` returns from `Object.wait`.
    void endWait(Task task, Object monitor) {
        detector.acquire(strand(task), monitor, MONITOR);
        call(strand(task), VariableKind.ofObject(monitor), monitor);
    }

    /// Records `access` and returns true if it is only an access to plain variables, which need no scheduling point.
    boolean isPlain(Task task, Access access) {
        if (obstacle == null) {
            obstacle = obstacleTo(access);
        }
        if (obstacle != null) {
            return false;
        }
        for (Access each = access; each != null; each = each.next()) {
            if (!VariableKind.of(each).isPlain()) {
                return false;
            }
        }
        if (++plain >= MAX_PLAIN) {
            return false;
        }
        recordPlain(task, access);
        return true;
    }

    /// Called when `task` reaches the scheduling point before `access`.
    void beforePoint(Task task, Access access) {
        SyncPoint operation = access.operation();
        if (operation == SyncPoint.EXIT || operation == SyncPoint.WAIT) {
            detector.release(strand(task), access.shared(), MONITOR);
            call(strand(task), VariableKind.ofObject(access.shared()), access.shared());
        }
    }

    /// Called when `task` continues after that scheduling point.
    void afterPoint(Task task, Access access) {
        plain = 0;
        Strand strand = strand(task);
        switch (access.operation()) {
            case ENTER -> {
                detector.acquire(strand, access.shared(), MONITOR);
                call(strand, VariableKind.ofObject(access.shared()), access.shared());
            }
            case INTERRUPT -> detector.release(strand, access.shared(), INTERRUPT);
            case INSPECT -> {
                task.joined = access.shared() instanceof Thread thread ? thread : null;
                detector.acquire(strand, access.shared(), INTERRUPT);
            }
            case CALL -> {
                call(strand, access);
                task.lastCall = access;
            }
            case READ, WRITE -> field(strand, access);
            default -> {}
        }
        recordPlain(task, access);
    }

    private void field(Strand strand, Access access) {
        VariableKind kind = VariableKind.of(access);
        if (kind == VariableKind.VOLATILE) {
            Object object = VariableKind.object(access);
            if (access.operation() == SyncPoint.READ) {
                detector.acquire(strand, object, access.member());
                detector.acquire(strand, HANDLES, CALLS);
            } else {
                detector.release(strand, object, access.member());
                detector.release(strand, VOLATILE_FIELDS, CALLS);
            }
        }
    }

    /// Adds the edges of a call of the JDK.
    private void call(Strand strand, Access access) {
        for (Access each = access; each != null; each = each.next()) {
            if (each.isIndirect()) {
                detector.acquire(strand, HANDLES, CALLS);
                detector.acquire(strand, VOLATILE_FIELDS, CALLS);
                detector.release(strand, HANDLES, CALLS);
            } else {
                call(strand, VariableKind.of(each), each.shared());
            }
        }
    }

    private void call(Strand strand, VariableKind kind, Object object) {
        switch (kind) {
            case READ_ATOMIC -> detector.acquire(strand, object, CALLS);
            case SYNCHRONIZER -> {
                detector.acquire(strand, object, CALLS);
                detector.acquire(strand, VIEWS, CALLS);
                detector.release(strand, object, CALLS);
                detector.release(strand, DIRECT, CALLS);
            }
            case VIEW -> {
                detector.acquire(strand, DIRECT, CALLS);
                detector.acquire(strand, VIEWS, CALLS);
                detector.release(strand, VIEWS, CALLS);
            }
            default -> {}
        }
    }

    /// Returns why races cannot be reported once `access` happens; null if they can.
    private @Nullable String obstacleTo(Access access) {
        for (Access each = access; each != null; each = each.next()) {
            if (VariableKind.of(each) == VariableKind.UNSUPPORTED) {
                return "an object of class " + each.shared().getClass().getName() + " was used";
            }
        }
        return loop.platform.isAny()
                ? "platform threads were started"
                : loop.effects.hasWaited() ? "goroutines waited for something outside" : null;
    }

    private void recordPlain(Task task, Access access) {
        for (Access each = access; each != null && obstacle == null; each = each.next()) {
            if (VariableKind.of(each) == VariableKind.PLAIN) {
                Race race =
                        detector.access(
                                strand(task),
                                VariableKind.object(each),
                                VariableKind.member(each),
                                VariableKind.isWrite(each));
                if (race != null) {
                    obstacle = missingPoints(); // its edges are not known
                    if (obstacle == null) {
                        loop.end(RaceReport.of(race, each));
                    }
                    return;
                }
            }
        }
    }

    private static @Nullable String missingPoints() {
        List<String> missing = GoferPoints.missing();
        return missing.isEmpty() ? null : "there are no scheduling points in " + missing.getFirst();
    }

    /// Passes on the edges of Gofer's operations in explorations that search for races.
    private static final class Recorder implements HappensBefore.Recorder {

        @Override
        public void release(Object object, int part) {
            if (World.current() instanceof ExplorerLoop loop
                    && loop.races instanceof Races races
                    && loop.current instanceof Task task) {
                races.detector.release(races.strand(task), object, part);
            }
        }

        @Override
        public void acquire(Object object, int part) {
            if (World.current() instanceof ExplorerLoop loop
                    && loop.races instanceof Races races
                    && loop.current instanceof Task task) {
                races.detector.acquire(races.strand(task), object, part);
            }
        }

        @Override
        public void pass(Object from, Object to, int part) {
            if (World.current() instanceof ExplorerLoop loop && loop.races instanceof Races races) {
                races.detector.pass(from, to, part);
            }
        }
    }
}
