package gofer.testing;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.numGoroutine;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static gofer.Go.trySelect;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.goroutine.Body;
import gofer.goroutine.Cancellation;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.group.Weighted;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A small program of a few goroutines. Each performs a few operations on shared objects, and records the results.
final class RandomProgram implements Body, Supplier<String> {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /// An operation on shared objects. Returns a result to be recorded.
    private interface Operation {

        Object perform(Shared shared) throws Exception;
    }

    private record Named(String name, Operation operation) {}

    /// The objects that the goroutines of one run share.
    private static final class Shared {

        final Chan<Integer> unbuffered = Chan.make();
        final Chan<Integer> buffered = Chan.make(1);
        final Mutex mutex = new Mutex();
        final Mutex condMutex = new Mutex();
        final Cond cond = new Cond(condMutex);
        final RWMutex rw = new RWMutex();
        final WaitGroup group = new WaitGroup();
        final Once once = new Once();
        final Weighted tokens = new Weighted(2);
        final SingleFlight<String, Integer> flights = new SingleFlight<>();
        final CancelContext parent = Context.background().withCancel();
        final CancelContext child = parent.withCancel();
        final ErrGroup errs = ErrGroup.withContext(parent);
        final Alarm alarm;
        int locked; // under mutex
        int written; // under rw
        int acquired; // with all permits
        boolean ran; // after a scheduling point
        final Pool<Integer> pool = new Pool<>(() -> 0);
        final Cancellation.Registration hook =
                child.afterFunc(() -> {
                    Explore.point(this);
                    ran = true;
                });

        /// @param timed whether to set the alarm; if time may pass, there are many schedules
        Shared(boolean timed) {
            group.add(1);
            alarm = timed ? Alarm.in(SECOND) : afterFunc(SECOND, () -> {});
            if (!timed) {
                alarm.stop();
            }
        }
    }

    @SuppressWarnings({"AwaitNotInLoop", "LostCancel"})
    private static final List<List<Named>> KINDS =
            List.of(
                    List.of(
                            new Named("send unbuffered", s -> sent(() -> s.unbuffered.send(1))),
                            new Named("recv unbuffered", s -> s.unbuffered.recvOk()),
                            new Named("trySend buffered", s -> s.buffered.trySend(2)),
                            new Named("tryRecv buffered", s -> s.buffered.tryRecv()),
                            new Named("close buffered", s -> sent(s.buffered::close)),
                            new Named("select two equal arms", s -> select(s.buffered, s.buffered)),
                            new Named("select both", s -> select(s.unbuffered, s.buffered)),
                            new Named("trySelect both", s -> trySelect(s.unbuffered, s.buffered.sending(3))),
                            new Named("len", s -> s.buffered.len())),
                    List.of(
                            new Named("cancel parent", s -> sent(s.parent::cancel)),
                            new Named("cancel child", s -> sent(() -> s.child.cancel(new IllegalStateException("x")))),
                            new Named("parent done?", s -> s.parent.isDone()),
                            new Named("child cause", s -> String.valueOf(s.child.cause())),
                            new Named("recv with child", s -> orEnd(() -> s.unbuffered.recv(s.child))),
                            new Named(
                                    "send buffered with parent",
                                    s ->
                                            orEnd(() -> {
                                                s.buffered.send(s.parent, 4);
                                                return "sent";
                                            })),
                            new Named("parent's done", s -> trySelect(s.parent.done())),
                            new Named("child's done", s -> trySelect(s.child.done())),
                            new Named("stop hook", s -> s.hook.stop()),
                            new Named(
                                    "ran",
                                    s -> {
                                        Explore.point(s);
                                        return s.ran;
                                    }),
                            new Named(
                                    "fail group",
                                    s -> {
                                        s.errs.go(() -> {
                                            throw new IllegalStateException("failed");
                                        });
                                        return "started";
                                    }),
                            new Named("select done or value", s -> select(s.child.done(), s.buffered))),
                    List.of(
                            new Named(
                                    "lock",
                                    s -> {
                                        try (var _ = s.mutex.lock()) {
                                            return s.locked++;
                                        }
                                    }),
                            new Named(
                                    "tryLock",
                                    s -> {
                                        boolean locked = s.mutex.tryLock();
                                        if (locked) {
                                            s.mutex.unlock();
                                        }
                                        return locked;
                                    }),
                            new Named(
                                    "read lock",
                                    s -> {
                                        try (var _ = s.rw.rLock()) {
                                            return s.written;
                                        }
                                    }),
                            new Named(
                                    "write lock",
                                    s -> {
                                        try (var _ = s.rw.lock()) {
                                            return s.written++;
                                        }
                                    }),
                            new Named(
                                    "cond await",
                                    s -> {
                                        try (var _ = s.condMutex.lock()) {
                                            s.cond.await();
                                            return "woken";
                                        }
                                    }),
                            new Named(
                                    "cond await with child",
                                    s ->
                                            orEnd(() -> {
                                                try (var _ = s.condMutex.lock()) {
                                                    s.cond.await(s.child);
                                                    return "woken";
                                                }
                                            })),
                            new Named("signal", s -> sent(s.cond::signal)),
                            new Named("broadcast", s -> sent(s.cond::broadcast)),
                            new Named("cancel child", s -> sent(s.child::cancel)),
                            new Named("wait group done", s -> sent(s.group::done)),
                            new Named("wait group await", s -> sent(s.group::await))),
                    List.of(
                            new Named(
                                    "once",
                                    s -> {
                                        int[] mine = {0};
                                        s.once.run(() -> mine[0] = 1);
                                        return mine[0];
                                    }),
                            new Named(
                                    "acquire 1",
                                    s -> {
                                        try (var _ = s.tokens.acquire(1)) {
                                            return "acquired";
                                        }
                                    }),
                            new Named(
                                    "acquire 2",
                                    s -> {
                                        try (var _ = s.tokens.acquire(2)) {
                                            return s.acquired++;
                                        }
                                    }),
                            new Named(
                                    "tryAcquire",
                                    s -> {
                                        boolean taken = s.tokens.tryAcquire(1);
                                        if (taken) {
                                            s.tokens.release(1);
                                        }
                                        return taken;
                                    }),
                            new Named("flight", s -> s.flights.run("key", () -> 1).shared()),
                            new Named("flight by channel", s -> s.flights.runChan("key", () -> 2).recv().get()),
                            new Named("pool get", s -> s.pool.get()),
                            new Named("pool put", s -> sent(() -> s.pool.put(100))),
                            new Named("pool put another", s -> sent(() -> s.pool.put(200)))),
                    List.of(
                            new Named("alarm tryRecv", s -> s.alarm.c().tryRecv().getClass().getSimpleName()),
                            new Named("alarm trySelect", s -> trySelect(s.alarm.c()).getClass().getSimpleName()),
                            new Named("alarm stop", s -> s.alarm.stop()),
                            new Named("alarm reset", s -> s.alarm.reset(SECOND)),
                            new Named(
                                    "alarm or value", s -> select(s.alarm.c(), s.buffered).getClass().getSimpleName()),
                            new Named("sleep", s -> sent(() -> sleep(SECOND))),
                            new Named("send", s -> sent(() -> s.buffered.send(5))),
                            new Named("how many", s -> numGoroutine()),
                            new Named("timeout", s -> orEnd(() -> s.unbuffered.recv(s.parent.withTimeout(SECOND)))),
                            new Named("cancel parent", s -> sent(s.parent::cancel))));

    private final List<List<Named>> goroutines;
    private List<String> notes = List.of(); // of the last run, one per goroutine

    private RandomProgram(List<List<Named>> goroutines) {
        this.goroutines = goroutines;
    }

    /// Returns the program for `seed`.
    static RandomProgram of(long seed) {
        var random = new Random(seed);
        List<Named> kind = KINDS.get((int) (seed % KINDS.size()));
        List<Named> mixed = KINDS.stream().flatMap(List::stream).toList();
        int count = 2 + random.nextInt(2);
        List<List<Named>> goroutines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Named> operations = new ArrayList<>();
            for (int j = 1 + random.nextInt(count == 2 ? 3 : 2); j > 0; j--) {
                List<Named> from = random.nextInt(4) == 0 ? mixed : kind;
                operations.add(from.get(random.nextInt(from.size())));
            }
            goroutines.add(operations);
        }
        return new RandomProgram(goroutines);
    }

    /// The main goroutine is the first of them, and does not wait for the others.
    @Override
    public void run() throws Exception {
        boolean timed = goroutines.stream().flatMap(List::stream).anyMatch(each -> each.name.startsWith("alarm"));
        var shared = new Shared(timed);
        List<String> now = new ArrayList<>(goroutines.stream().map(_ -> "").toList());
        notes = now;
        for (int i = 1; i < goroutines.size(); i++) {
            int number = i;
            go(() -> perform(number, shared, now));
        }
        perform(0, shared, now);
    }

    private void perform(int number, Shared shared, List<String> notes) throws Exception {
        for (Named each : goroutines.get(number)) {
            String result;
            try {
                result = String.valueOf(each.operation.perform(shared));
            } catch (RuntimeException thrown) {
                result = thrown.toString();
            }
            notes.set(number, notes.get(number) + result + "; ");
        }
    }

    /// Returns the results of the operations of the last run, by goroutine.
    @Override
    public String get() {
        return IntStream.range(0, notes.size())
                .mapToObj(i -> i + ": " + notes.get(i).replaceAll("@[0-9a-f]+", ""))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return goroutines.stream()
                .map(operations -> operations.stream().map(Named::name).collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" | "));
    }

    private interface Action {

        void run();
    }

    private static String sent(Action action) {
        try {
            action.run();
            return "done";
        } catch (ChanClosedException closed) {
            return "closed";
        }
    }

    private interface Source {

        Object get();
    }

    private static Object orEnd(Source source) {
        try {
            return source.get();
        } catch (ContextException ended) {
            return ended.getClass().getSimpleName();
        }
    }
}
