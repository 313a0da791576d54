package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.World;
import gofer.testing.agent.ArrayRanges;
import gofer.testing.agent.GoferPoints;
import gofer.testing.race.Detector;
import gofer.testing.race.Race;
import gofer.testing.race.Strand;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
     *       call may wait, and may run code of the program. So its edges are added again at the next point of the same
     *       goroutine, and once more when a call that orders this code has ended; see Callbacks. An object and its views, such as a lock and its conditions, are not known to
     *       belong together. So there are edges between all views, and between all views and all other such objects. Such
     *       an object may use its own monitor. So entering and leaving that is like a call.
     *
     * Where the real edges are not known, these are too many rather than too few: a race can be missed, but a report is not
     * wrong. Edges that no point shows are the exception: see the list in docs/races.md.
     *
     * A call may also read and write elements of arrays. If they are known, these accesses are recorded when the call has
     * returned. A call may run code of the program, such as a comparator. If that code has added edges, it is not known
     * which elements were accessed before it. Then none of them is recorded.
     *
     * A program without races behaves as if its goroutines took turns between the other operations. So an access to a
     * plain field is not a scheduling point. One in MAX_PLAIN is, because a loop may wait for a plain field. Accesses to
     * arrays and collections are scheduling points, because the JDK also uses them in ways that are not seen here.
     */

    /// The number of accesses to plain fields without a scheduling point.
    private static final int MAX_PLAIN = 1000;

    /// The maximum size of the detector in one run: some 60 megabytes.
    private static final int MAX_SIZE = 300_000;

    private static final String TOO_MANY = "a schedule uses too many objects";

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

    /// The elements that a call accesses, which has not returned yet.
    ///
    /// @param ranges the elements
    /// @param edges the edges of the strand before the call
    private record Pending(List<ArrayRanges.Range> ranges, int edges) {}

    private final ExplorerLoop loop;
    private final IdentityHashMap<Thread, Strand> strands = new IdentityHashMap<>();
    private StepLog log = new StepLog(null);
    private Detector detector = new Detector(false);
    private @Nullable String obstacle;
    private int plain; // accesses since the last scheduling point

    Races(ExplorerLoop loop) {
        this.loop = loop;
    }

    /// Called at the beginning of a run. If it is traced, a report has stack traces, which cost much memory and time.
    void begin(StepLog steps) {
        log = steps;
        detector = new Detector(steps.isTraced());
        strands.clear();
        obstacle = null;
        plain = 0;
    }

    /// Returns why this run was ended: races could not be searched for any more. Returns null if they could.
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

    /// Called when `task` reaches a scheduling point of an operation of Gofer.
    void beginOperation(Task task) {
        completeLast(task);
        if (detector.size() > MAX_SIZE) {
            giveUp(TOO_MANY);
        }
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
        task.openCalls.forEach(call -> acquire(strand, call)); // the JDK may have read the object again
        detector.acquire(strand, Thread.currentThread(), INTERRUPT);
        detector.acquire(strand, INITIALIZERS, CALLS);
    }

    /// Called when `task` returns from a call that may have run code of the program, with points of its own.
    void endCall(Task task, Object object, String method) {
        if (obstacle == null && Callbacks.areOrdered(object, method)) {
            closeCall(task, object);
            call(strand(task), new Access(SyncPoint.CALL, object, method));
        }
    }

    private void openCall(Task task, Access call) {
        if (Callbacks.areOrdered(call.shared(), (String) call.member())) {
            closeCall(task, call.shared()); // it may have ended with an exception
            task.openCalls.add(call);
        }
    }

    private static void closeCall(Task task, Object object) {
        task.openCalls.removeIf(call -> call.shared() == object);
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

    /// Records `access` and returns true, if it is an access to a plain field. It needs no scheduling point then.
    boolean recordIfPlain(Task task, Access access) {
        String found = obstacleTo(access);
        if (found != null) {
            giveUp(found);
            return false;
        }
        if (!access.isOfField() || VariableKind.of(access) != VariableKind.PLAIN || ++plain >= MAX_PLAIN) {
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
        if (operation == SyncPoint.EXIT) {
            strand(task).removeLock(access.shared());
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
                strand.addLock(access.shared());
            }
            case INTERRUPT -> detector.release(strand, access.shared(), INTERRUPT);
            case INSPECT -> {
                task.joined = access.shared() instanceof Thread thread ? thread : null;
                detector.acquire(strand, access.shared(), INTERRUPT);
            }
            case CALL -> {
                call(strand, access);
                task.lastCall = access;
                openCall(task, access);
            }
            case READ, WRITE -> field(strand, access);
            default -> {}
        }
        recordPlain(task, access);
    }

    /// Called before a call that may access ranges of arrays, after its scheduling point.
    ///
    /// @param values the values for [ArrayRanges]; the last place is free
    void beginRanges(Task task, String key, @Nullable Object[] values) {
        if (obstacle == null) {
            values[values.length - 1] = new Pending(ArrayRanges.of(key, values), strand(task).edges());
        }
    }

    /// Called when that call has returned normally.
    void endRanges(Task task, @Nullable Object[] values) {
        Strand strand = strand(task);
        if (obstacle == null
                && values[values.length - 1] instanceof Pending pending
                && pending.edges == strand.edges()) {
            for (ArrayRanges.Range range : pending.ranges) {
                Failure race = race(strand, range);
                if (race != null) {
                    report(race);
                    return;
                }
            }
        }
    }

    /// Records an access to each element: some 100 bytes each. Returns the report of the first race, or null.
    private @Nullable Failure race(Strand strand, ArrayRanges.Range range) {
        var now = detector.now(strand, range.writes());
        for (int i = range.from(); i < range.to(); i++) {
            Race race = detector.access(now, range.array(), i);
            if (race != null) {
                SyncPoint operation = range.writes() ? SyncPoint.WRITE : SyncPoint.READ;
                return RaceReport.of(race, new Access(operation, range.array(), i), log::nameOf);
            }
        }
        return null;
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
                acquireHandles(strand);
                detector.release(strand, HANDLES, CALLS);
            } else {
                call(strand, VariableKind.of(each), each.shared());
            }
        }
    }

    private void call(Strand strand, VariableKind kind, Object object) {
        acquire(strand, kind, object);
        switch (kind) {
            case SYNCHRONIZER -> {
                detector.release(strand, object, CALLS);
                detector.release(strand, DIRECT, CALLS);
            }
            case VIEW -> detector.release(strand, VIEWS, CALLS);
            default -> {}
        }
    }

    /// Adds the edges to the current point from what others did in calls on the object of `call`.
    private void acquire(Strand strand, Access call) {
        if (call.isIndirect()) {
            acquireHandles(strand);
        } else {
            acquire(strand, VariableKind.ofObject(call.shared()), call.shared());
        }
    }

    private void acquireHandles(Strand strand) {
        detector.acquire(strand, HANDLES, CALLS);
        detector.acquire(strand, VOLATILE_FIELDS, CALLS);
    }

    private void acquire(Strand strand, VariableKind kind, Object object) {
        switch (kind) {
            case READ_ATOMIC -> detector.acquire(strand, object, CALLS);
            case SYNCHRONIZER -> {
                detector.acquire(strand, object, CALLS);
                detector.acquire(strand, VIEWS, CALLS);
            }
            case VIEW -> {
                detector.acquire(strand, DIRECT, CALLS);
                detector.acquire(strand, VIEWS, CALLS);
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
        if (detector.size() > MAX_SIZE) {
            return TOO_MANY;
        }
        return loop.platform.isAny()
                ? "platform threads were started"
                : loop.effects.hasWaitedOnlyForMonitors()
                        ? "goroutines waited for monitors that code without scheduling points enters, such as the JDK"
                        : loop.effects.hasWaited() ? "goroutines waited for something outside" : null;
    }

    private void recordPlain(Task task, Access access) {
        for (Access each = access; each != null; each = each.next()) {
            if (VariableKind.of(each) == VariableKind.PLAIN) {
                recordVariable(task, each);
            } else if (each.operation() == SyncPoint.CALL && each.member().equals("clone")) {
                VariableKind.fields(each.shared()).forEach(field -> recordVariable(task, field));
            }
        }
    }

    private void recordVariable(Task task, Access access) {
        if (obstacle == null) {
            Race race =
                    detector.access(
                            strand(task),
                            VariableKind.object(access),
                            VariableKind.member(access),
                            VariableKind.isWrite(access));
            if (race != null) {
                report(RaceReport.of(race, access, log::nameOf));
            }
        }
    }

    /// Ends the run with a report, unless code without points may have added edges.
    private void report(Failure race) {
        List<String> missing = GoferPoints.missing();
        if (missing.isEmpty()) {
            loop.fail(race);
            loop.end();
        } else {
            giveUp("there are no scheduling points in " + missing.getFirst());
        }
    }

    private void giveUp(String found) {
        obstacle = found;
        loop.end();
    }

    /// Passes on the edges of Gofer's operations in explorations that search for races.
    private static final class Recorder implements HappensBefore.Recorder {

        private static final Set<SyncPoint> LOCKING =
                EnumSet.of(SyncPoint.LOCK, SyncPoint.TRY_LOCK, SyncPoint.R_LOCK, SyncPoint.TRY_R_LOCK);

        @Override
        public void release(Object object, int part) {
            if (World.current() instanceof ExplorerLoop loop
                    && loop.races instanceof Races races
                    && loop.current instanceof Task task) {
                Strand strand = races.strand(task);
                races.detector.release(strand, object, part);
                strand.removeLock(object);
            }
        }

        @Override
        public void acquire(Object object, int part) {
            if (World.current() instanceof ExplorerLoop loop
                    && loop.races instanceof Races races
                    && loop.current instanceof Task task) {
                Strand strand = races.strand(task);
                races.detector.acquire(strand, object, part);
                if (part == 0 && task.object == object && LOCKING.contains(task.operation)) {
                    strand.addLock(object); // once: a writer also acquires part 1, what readers have released
                }
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
