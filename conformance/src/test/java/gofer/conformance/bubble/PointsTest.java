package gofer.conformance.bubble;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Broadcast;
import gofer.chan.Chan;
import gofer.chan.Select;
import gofer.chan.Subscription;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each public operation on an object that goroutines can share is a scheduling point. Without it, an exploration would
/// miss schedules, and a loop that repeats the operation would never let other goroutines run.
class PointsTest {

    private static final Pattern OF_API =
            Pattern.compile(
                    "gofer\\.(?:(?:chan|context|goroutine|group|interop|pipeline|sync|time)\\.)?([A-Z][\\w.]*): (.*)");

    private static final Pattern METHOD = Pattern.compile("(\\w+)\\((.*)\\)(?: throws \\w+)?$");

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Instant LATER = Instant.parse("2000-01-02T00:00:00Z");

    /// The object of a scheduling point that marks the beginning of the operation in the list of steps.
    private static final class Begin {}

    /// Prepares the objects of an operation, and returns the operation.
    interface Setup {

        Body prepare() throws Exception;
    }

    private static final Map<String, Setup> OPERATIONS = operations();

    /// Operations that touch no shared state, that return only constants, or that call other operations.
    private static final Set<String> WITHOUT_POINT =
            lines(
                    """
                    Alarm.c()
                    Body.run(); Body.wrapped()
                    CancelContext.deadline()
                    CancelContext.done()
                    CancelContext.value(Object)
                    Cancellation.afterFunc(Runnable)
                    Cancellation.cause()
                    Chan.make(int, Overflow); Chan.named(String, int, Overflow)
                    Carrier.capture(); Carrier.of(ScopedValue<?>...); Carrier.of(ThreadLocal<?>...)
                    Carrier.Registration.close(); Carrier.Snapshot.run(Body)
                    Chan.cap(); Chan.make(); Chan.make(int); Chan.named(String, int); Chan.never(); Chan.sending(T); Chan.when(boolean)
                    Context.background(); Context.todo()
                    Context.deadline()
                    Context.done()
                    Context.value(Object)
                    Context.withValue(Object, Object)
                    Context.withoutCancel()
                    ErrGroup.context()
                    Failure.thrown(); Success.value()
                    Futures.chan(CompletionStage<? extends @Nullable T>)
                    First.result(); Second.result(); Third.result(); Fourth.result(); Fifth.result(); Sixth.result()
                    Go.block(); Go.carry(Carrier); Go.go(Body); Go.go(String, Body); Go.goexit(); Go.gomaxprocs(int); Go.main(Body); Go.numCpu(); Go.scheduler(); Go.stacks()
                    Go.select(8 arms)
                    Go.trySelect(8 arms)
                    Goroutine.createdAt(); Goroutine.id(); Goroutine.name(); Goroutine.thread()
                    Mapper.map(Context, T); Producer.produce(Context, SendChan<T>)
                    Once.func(Runnable)
                    Once.value(Supplier<T>)
                    Pipeline.context(); Pipeline.stream(RecvChan<T>)
                    Publishers.chan(Context, Flow.Publisher<? extends T>, int); Publishers.of(RecvChan<T>)
                    RWMutex.rLocker()
                    RecvCase.closed()
                    RecvCase.enable(boolean)
                    RecvCase.received()
                    RecvCase.value()
                    RecvChan.cap()
                    RecvChan.never()
                    RecvChan.when(boolean)
                    Select.biased()
                    Select.recv(RecvChan<T>)
                    Select.send(SendChan<T>)
                    SelectCase.enable(boolean)
                    SendCase.enable(boolean)
                    SendCase.offer(T)
                    SendChan.cap()
                    SendChan.sending(T)
                    SendChan.when(boolean)
                    SingleFlight.Result.get()
                    SingleFlight.Result.shared()
                    Subscription.chan()
                    Task.run(Context)
                    Ticker.c()
                    Value.value()
                    Weighted.acquiring(long)
                    """);

    private static Map<String, Setup> operations() {
        var all = new HashMap<String, Setup>();
        for (String type : List.of("Chan", "SendChan")) {
            all.put(type + ".send(T)", () -> on(Chan.<Integer>make(1), c -> c.send(1)));
            all.put(
                    type + ".send(Cancellation, T)",
                    () -> on(Chan.<Integer>make(1), c -> c.send(Context.background(), 1)));
            all.put(type + ".trySend(T)", () -> on(Chan.<Integer>make(1), c -> use(c.trySend(1))));
            all.put(type + ".close()", () -> on(Chan.make(), Chan::close));
            all.put(type + ".close(Throwable)", () -> on(Chan.make(), c -> c.close(new Exception())));
            all.put(type + ".len()", () -> on(Chan.make(), c -> use(c.len())));
        }
        for (String type : List.of("Chan", "RecvChan")) {
            all.put(type + ".recv()", () -> on(full(), Chan::recv));
            all.put(type + ".recv(Cancellation)", () -> on(full(), c -> c.recv(Context.background())));
            all.put(type + ".recvOk()", () -> on(full(), Chan::recvOk));
            all.put(type + ".recvOk(Cancellation)", () -> on(full(), c -> c.recvOk(Context.background())));
            all.put(type + ".tryRecv()", () -> on(full(), c -> use(c.tryRecv())));
            all.put(type + ".cause()", () -> on(full(), c -> use(c.cause())));
        }
        all.put("RecvChan.len()", () -> on(full(), c -> use(c.len())));
        all.put("RecvChan.iterator()", () -> on(full(), c -> use(c.iterator().next())));
        all.put("the tryRecv of a timer", () -> on(Alarm.in(HOUR), alarm -> use(alarm.c().tryRecv())));
        all.put("the recv of a timer", () -> on(Alarm.in(HOUR), alarm -> alarm.c().recv()));
        for (int arms = 1; arms <= 6; arms++) {
            int n = arms;
            all.put("Go.select(" + n + " arms)", () -> on(full(), c -> SelectCalls.select(n, c)));
            all.put("Selects.select(" + n + " arms)", () -> on(full(), c -> SelectCalls.select(n, c)));
            all.put("Go.trySelect(" + n + " arms)", () -> on(full(), c -> SelectCalls.trySelect(n, c)));
            all.put("Selects.trySelect(" + n + " arms)", () -> on(full(), c -> SelectCalls.trySelect(n, c)));
            all.put("Biased.select(" + n + " arms)", () -> on(full(), c -> SelectCalls.selectBiased(n, c)));
            all.put("Biased.trySelect(" + n + " arms)", () -> on(full(), c -> SelectCalls.trySelectBiased(n, c)));
        }
        all.put("Select.await()", () -> on(select(), select -> use(select.await())));
        all.put("Select.await(Cancellation)", () -> on(select(), s -> use(s.await(Context.background()))));
        all.put("Select.poll()", () -> on(select(), select -> use(select.poll())));
        all.put("Go.sleep(Duration)", () -> () -> Go.sleep(HOUR));
        all.put("Go.gosched()", () -> on(go(() -> {}), _ -> Go.gosched()));
        all.put("Go.numGoroutine()", () -> () -> use(Go.numGoroutine()));
        all.put("Go.after(Duration)", () -> () -> use(Go.after(HOUR)));
        all.put("Go.afterFunc(Duration, Body)", () -> () -> Go.afterFunc(HOUR, () -> {}));
        all.put("Go.tick(Duration)", () -> () -> use(Go.tick(HOUR)));
        all.put("Goroutine.state()", () -> on(go(() -> {}), g -> use(g.state())));
        all.put("Goroutine.waitReason()", () -> on(go(() -> {}), g -> use(g.waitReason())));
        all.put("Broadcast.send(T)", () -> on(new Broadcast<Integer>(), news -> news.send(1)));
        all.put("Broadcast.subscribe(int)", () -> on(new Broadcast<Integer>(), news -> use(news.subscribe(1))));
        all.put("Broadcast.subscribers()", () -> on(new Broadcast<Integer>(), news -> use(news.subscribers())));
        all.put("Broadcast.close()", () -> on(new Broadcast<Integer>(), Broadcast::close));
        all.put("Broadcast.close(Throwable)", () -> on(new Broadcast<Integer>(), news -> news.close(new Exception())));
        all.put("Subscription.missed()", () -> on(new Broadcast<Integer>().subscribe(1), own -> use(own.missed())));
        all.put("Subscription.close()", () -> on(new Broadcast<Integer>().subscribe(1), Subscription::close));
        addContexts(all);
        addLocks(all);
        GroupOperations.add(all);
        return all;
    }

    private static void addContexts(Map<String, Setup> all) {
        all.put("CancelContext.cancel()", () -> on(Context.background().withCancel(), c -> c.cancel()));
        all.put(
                "CancelContext.cancel(@Nullable Throwable)",
                () -> on(Context.background().withCancel(), c -> c.cancel(new IllegalStateException())));
        all.put("CancelContext.close()", () -> on(Context.background().withCancel(), c -> c.close()));
        for (String type : List.of("CancelContext", "Context")) {
            all.put(type + ".cause()", () -> on(context(), c -> use(c.cause())));
            all.put(type + ".err()", () -> on(context(), c -> use(c.err())));
            all.put(type + ".isDone()", () -> on(context(), c -> use(c.isDone())));
            all.put(type + ".afterFunc(Runnable)", () -> on(context(), c -> c.afterFunc(() -> {})));
        }
        all.put("Context.merge(Context, Context)", () -> on(context(), c -> use(Context.merge(c, context()))));
        all.put("Context.withCancel()", () -> on(context(), c -> use(c.withCancel())));
        all.put("Context.withTimeout(Duration)", () -> on(Context.background(), c -> use(c.withTimeout(HOUR))));
        all.put(
                "Context.withTimeout(Duration, Throwable)",
                () -> on(Context.background(), c -> use(c.withTimeout(HOUR, new Exception()))));
        all.put("Context.withDeadline(Instant)", () -> on(Context.background(), c -> use(c.withDeadline(LATER))));
        all.put(
                "Context.withDeadline(Instant, Throwable)",
                () -> on(Context.background(), c -> use(c.withDeadline(LATER, new Exception()))));
        all.put("Cancellation.Registration.stop()", () -> on(context().afterFunc(() -> {}), r -> r.stop()));
        all.put("Alarm.in(Duration)", () -> () -> use(Alarm.in(HOUR)));
        all.put("Alarm.func(Duration, Body)", () -> () -> Alarm.func(HOUR, () -> {}));
        all.put("Alarm.stop()", () -> on(Alarm.in(HOUR), Alarm::stop));
        all.put("Alarm.close()", () -> on(Alarm.in(HOUR), Alarm::close));
        all.put("Alarm.reset(Duration)", () -> on(Alarm.in(HOUR), alarm -> alarm.reset(HOUR)));
        all.put("the stop of an alarm with a function", () -> on(Alarm.func(HOUR, () -> {}), Alarm::stop));
        all.put("the reset of an alarm with a function", () -> on(Alarm.func(HOUR, () -> {}), a -> a.reset(HOUR)));
        all.put("Ticker.every(Duration)", () -> () -> use(Ticker.every(HOUR)));
        all.put("Ticker.stop()", () -> on(Ticker.every(HOUR), Ticker::stop));
        all.put("Ticker.close()", () -> on(Ticker.every(HOUR), Ticker::close));
        all.put("Ticker.reset(Duration)", () -> on(Ticker.every(HOUR), ticker -> ticker.reset(HOUR)));
    }

    private static void addLocks(Map<String, Setup> all) {
        for (String type : List.of("Mutex", "Locker")) {
            all.put(type + ".lock()", () -> on(new Mutex(), mu -> mu.lock()));
            all.put(type + ".lock(Cancellation)", () -> on(new Mutex(), mu -> mu.lock(Context.background())));
            all.put(type + ".unlock()", () -> on(locked(), Mutex::unlock));
        }
        all.put("Mutex.tryLock()", () -> on(new Mutex(), mu -> use(mu.tryLock())));
        all.put("Held.close()", () -> on(new Mutex().lock(), held -> held.close()));
        all.put("RWMutex.lock()", () -> on(new RWMutex(), rw -> rw.lock()));
        all.put("RWMutex.lock(Cancellation)", () -> on(new RWMutex(), rw -> rw.lock(Context.background())));
        all.put("RWMutex.rLock()", () -> on(new RWMutex(), rw -> rw.rLock()));
        all.put("RWMutex.rLock(Cancellation)", () -> on(new RWMutex(), rw -> rw.rLock(Context.background())));
        all.put("RWMutex.tryLock()", () -> on(new RWMutex(), rw -> use(rw.tryLock())));
        all.put("RWMutex.tryRLock()", () -> on(new RWMutex(), rw -> use(rw.tryRLock())));
        all.put(
                "RWMutex.unlock()",
                () -> {
                    var rw = new RWMutex();
                    rw.lock();
                    return rw::unlock;
                });
        all.put(
                "RWMutex.rUnlock()",
                () -> {
                    var rw = new RWMutex();
                    rw.rLock();
                    return rw::rUnlock;
                });
        all.put("Cond.await()", () -> on(new Cond(locked()), cond -> cond.await()));
        all.put("Cond.await(Cancellation)", () -> on(new Cond(locked()), cond -> cond.await(Context.background())));
        all.put("Cond.signal()", () -> on(new Cond(new Mutex()), Cond::signal));
        all.put("Cond.broadcast()", () -> on(new Cond(new Mutex()), Cond::broadcast));
        all.put("Once.run(Runnable)", () -> on(new Once(), once -> once.run(() -> {})));
        all.put("Pool.get()", () -> on(new Pool<>(() -> 1), pool -> use(pool.get())));
        all.put("Pool.put(T)", () -> on(new Pool<>(() -> 1), pool -> pool.put(2)));
        all.put("WaitGroup.add(int)", () -> on(new WaitGroup(), wg -> wg.add(1)));
        all.put(
                "WaitGroup.done()",
                () -> {
                    var wg = new WaitGroup();
                    wg.add(1);
                    return wg::done;
                });
        all.put("WaitGroup.await()", () -> on(new WaitGroup(), wg -> wg.await()));
        all.put("WaitGroup.await(Cancellation)", () -> on(new WaitGroup(), wg -> wg.await(Context.background())));
        all.put("WaitGroup.go(Body)", () -> on(new WaitGroup(), wg -> wg.go(() -> {})));
        all.put("WaitGroup.limit(int)", () -> on(new WaitGroup(), wg -> wg.limit(1)));
        all.put("WaitGroup.go(String, Body)", () -> on(new WaitGroup(), wg -> wg.go("x", () -> {})));
    }

    interface Use<T> {

        void of(T thing) throws Exception;
    }

    static <T> Body on(T thing, Use<T> operation) {
        return () -> operation.of(thing);
    }

    static void use(@SuppressWarnings("unused") @Nullable Object result) {}

    private static Chan<Integer> full() {
        Chan<Integer> chan = Chan.make(1);
        chan.send(1);
        return chan;
    }

    private static Select select() {
        var select = new Select();
        select.recv(full());
        return select;
    }

    static Context context() {
        return Context.background().withCancel();
    }

    private static Mutex locked() {
        var mutex = new Mutex();
        mutex.lock();
        return mutex;
    }

    static Stream<String> names() {
        return OPERATIONS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void operationIsASchedulingPoint(String name) {
        Exploration result =
                Explore.schedules(1)
                        .search(() -> {
                            Body operation = Objects.requireNonNull(OPERATIONS.get(name)).prepare();
                            Explore.point(new Begin());
                            operation.run();
                            throw new AssertionError("end"); // the report of a fault lists the steps
                        });
        List<String> steps = result.faults().getFirst().steps().lines().toList();
        int begin = 0;
        while (!steps.get(begin).contains("access Begin")) begin++;
        assertThat(steps.subList(begin + 1, steps.size())).as("%s", steps).anyMatch(step -> step.contains(" main "));
    }

    /// A new method must be tested here or be listed in [#WITHOUT_POINT].
    @Test
    void everyPublicMethodIsTestedOrListed() throws IOException {
        Set<String> listed = new TreeSet<>(WITHOUT_POINT);
        OPERATIONS.keySet().stream().filter(name -> name.contains("(")).forEach(listed::add);
        assertThat(methods()).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(WITHOUT_POINT).doesNotContainAnyElementsOf(OPERATIONS.keySet());
    }

    private static Set<String> methods() throws IOException {
        return Files.readAllLines(Path.of("../api/gofer.txt")).stream()
                .flatMap(PointsTest::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> method(String line) {
        Matcher ofApi = OF_API.matcher(line.replace(" @CanIgnoreReturnValue", ""));
        if (!ofApi.matches() || ofApi.group(2).matches("(protected )?new\\(.*")) return Stream.empty();
        Matcher method = METHOD.matcher(ofApi.group(2));
        if (!method.find()) return Stream.empty();
        long arms = Pattern.compile("Arm<").matcher(method.group(2)).results().count();
        String parameters = arms > 0 ? arms + " arms" : method.group(2);
        return Stream.of(ofApi.group(1) + "." + method.group(1) + "(" + parameters + ")");
    }

    private static Set<String> lines(String text) {
        return Stream.of(text.split("; |\n")).collect(Collectors.toSet());
    }
}
