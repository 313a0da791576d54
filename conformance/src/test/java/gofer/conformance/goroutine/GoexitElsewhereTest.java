package gofer.conformance.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.diagnostics.Leaks;
import gofer.diagnostics.Metrics;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.goroutine.WaitReason;
import gofer.group.ErrGroup;
import gofer.group.Failure;
import gofer.group.FirstResult;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.pipeline.Pipeline;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import gofer.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The error that unwinds a goroutine never reaches a thread that is not a goroutine.
class GoexitElsewhereTest {

    /// Calls a function of the library that calls `exit`, on this thread or in a goroutine.
    @FunctionalInterface
    interface Call {
        void with(Runnable exit) throws Throwable;
    }

    record Way(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// One call for each function of the library that takes a function of the program.
    private static final List<Way> WAYS =
            List.of(
                    new Way("Once.run", exit -> new Once().run(exit)),
                    new Way("Once.func", exit -> Once.func(exit).run()),
                    new Way("Once.value", exit -> use(Once.value(supplier(exit)).get())),
                    new Way("Pool.new", exit -> use(new Pool<>(supplier(exit)).get())),
                    new Way("SingleFlight.run", exit -> new SingleFlight<>().run("key", supplier(exit)::get)),
                    new Way(
                            "SingleFlight.runChan",
                            exit -> use(new SingleFlight<>().runChan("key", supplier(exit)::get))),
                    new Way("Metrics.onNamedChan", GoexitElsewhereTest::nameAChannel),
                    new Way("Leaks.assertNone", exit -> Leaks.assertNone(exit::run)),
                    new Way("Go.go", exit -> Go.go(exit::run)),
                    new Way("Go.afterFunc", exit -> Go.afterFunc(Duration.ZERO, exit::run)),
                    new Way("Alarm.func", exit -> Alarm.func(Duration.ZERO, exit::run)),
                    new Way("Context.afterFunc", GoexitElsewhereTest::cancel),
                    new Way("WaitGroup.go", GoexitElsewhereTest::group),
                    new Way("Futures.go", GoexitElsewhereTest::future),
                    new Way("GoExecutor.execute", GoexitElsewhereTest::executor),
                    new Way("Pipeline.produce", exit -> pipeline((p, _) -> p.produce((_, _) -> exit.run()))),
                    new Way("Pipeline.map", exit -> pipeline((p, in) -> p.map(in, 2, (_, _) -> supplier(exit).get()))),
                    new Way(
                            "Pipeline.orderedMap",
                            exit -> pipeline((p, in) -> p.orderedMap(in, 2, (_, _) -> supplier(exit).get()))),
                    new Way(
                            "Pipeline.filter",
                            exit -> pipeline((p, in) -> p.filter(in, 2, (_, _) -> supplier(exit).get().equals(in)))),
                    new Way(
                            "Pipeline.split",
                            exit ->
                                    pipeline((p, in) ->
                                            p.split(in, 1, _ -> supplier(exit).get().hashCode()).getFirst())),
                    new Way("ErrGroup.go", exit -> errGroup(group -> group.go(exit::run))),
                    new Way("ErrGroup.tryGo", exit -> errGroup(group -> assertThat(group.tryGo(exit::run)).isTrue())),
                    new Way("Snapshot.run", GoexitElsewhereTest::snapshot),
                    new Way("ResultGroup.go", GoexitElsewhereTest::resultGroup),
                    new Way("FirstResult.go", GoexitElsewhereTest::firstResult),
                    new Way("Trace.region", exit -> Trace.region("work", exit::run)));

    /// Functions that equal a tested one, or that run on a thread of the library. `GoexitTest` tests `Go.main`.
    private static final Set<String> NOT_TRIED =
            Set.of(
                    "Go.main",
                    "Deadlocks.watch",
                    "CancelContext.afterFunc",
                    "Cancellation.afterFunc",
                    "Race.onReport"); // needs a race detector

    /// The types of parameters that are functions.
    private static final String CALLBACKS =
            "Body|Runnable|Callable|Supplier|Consumer|Task|Producer|Mapper|ToIntFunction";

    private final Queue<Throwable> seen = new ConcurrentLinkedQueue<>();

    static Stream<Way> ways() {
        return WAYS.stream();
    }

    @Test
    void everyCallbackIsTested() throws Exception {
        var names = new TreeSet<>(NOT_TRIED);
        WAYS.forEach(way -> names.add(way.name()));
        for (String symbol : Files.readAllLines(Path.of("../api/gofer.txt"))) {
            if (symbol.matches(".*\\(.*(" + CALLBACKS + ")\\b.*\\).*")) {
                String type = symbol.replaceFirst(": .*", "").replaceFirst(".*\\.", "");
                String method = symbol.replaceFirst("\\(.*", "").replaceFirst(".* ", "");
                assertThat(names).contains(type + "." + method);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Pins("GO-08")
    void otherThreadGetsAnException(Way way) throws Exception {
        expectOn(Thread.ofPlatform(), way);
        expectOn(Thread.ofVirtual(), way);
    }

    /// The end of a goroutine does not affect the calling thread. If the thread calls goexit itself, it gets an exception.
    private void expectOn(Thread.Builder kind, Way way) throws InterruptedException {
        var calledOn = new ConcurrentLinkedQueue<Thread>();
        Thread caller =
                kind.unstarted(() -> {
                    try {
                        way.call()
                                .with(() -> {
                                    calledOn.add(Thread.currentThread());
                                    throw Go.goexit();
                                });
                    } catch (Throwable thrown) {
                        seen.add(thrown);
                    }
                });
        caller.setUncaughtExceptionHandler((_, thrown) -> seen.add(thrown));
        caller.start();
        caller.join();
        Eventually.that("the function is called", () -> !calledOn.isEmpty());
        if (calledOn.contains(caller)) {
            assertThat(seen.poll())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("goexit on ")
                    .hasMessageEndingWith(", which is not a goroutine");
        }
        assertThat(seen).isEmpty();
    }

    /// A goroutine left the work unfinished.
    @Test
    @Pins("ON-04")
    void laterCallerGetsAnException() {
        Supplier<Object> value = Once.value(supplier(Go::goexit));
        for (Runnable once : List.<Runnable>of(() -> use(value.get()), Once.func(Go::goexit))) {
            try (var crew = new Crew()) {
                crew.go(once::run);
                crew.join();
                Body later =
                        () ->
                                assertThatThrownBy(once::run)
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessage("the function of a Once called goexit, and is not run again");
                crew.go(later);
                crew.thread(later);
            }
        }
    }

    /// Goroutines that share the work end, as in Go. Other threads cannot.
    @Test
    @Pins("SF-06")
    void threadThatSharesTheWorkGetsAnException() {
        var flights = new SingleFlight<String, Object>();
        Chan<Void> gate = Chan.make();
        try (var crew = new Crew()) {
            var leader =
                    crew.go(() ->
                            flights.run(
                                    "key",
                                    () -> {
                                        var _ = gate.recvOk();
                                        throw Go.goexit();
                                    }));
            Eventually.blocked(leader, WaitReason.CHAN_RECEIVE);
            Thread sharer =
                    crew.thread(() ->
                            assertThatThrownBy(() -> flights.run("key", () -> "not run"))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage("singleflight: the work ended its goroutine by goexit"));
            Eventually.blocked(sharer, WaitReason.CHAN_RECEIVE);
            gate.close();
        }
    }

    /// Ignores the result.
    private static void use(Object result) {
        Objects.requireNonNull(result, "result");
    }

    private static Supplier<Object> supplier(Runnable f) {
        return () -> {
            f.run();
            return "not reached";
        };
    }

    private static void nameAChannel(Runnable exit) {
        String name = "goexit on " + Thread.currentThread();
        Runnable forget =
                Metrics.onNamedChan(chan -> {
                    if (chan.get().name().equals(name)) exit.run();
                });
        try {
            var _ = Chan.named(name, 1);
        } finally {
            forget.run();
        }
    }

    private static void snapshot(Runnable exit) throws Throwable {
        ThreadLocal<String> local = ThreadLocal.withInitial(() -> "value");
        Objects.requireNonNull(Carrier.of(local).capture()).run(exit::run);
    }

    private static void cancel(Runnable exit) {
        try (var ctx = Context.background().withCancel()) {
            ctx.afterFunc(exit);
        }
    }

    private static void future(Runnable exit) {
        var future =
                Futures.go(
                        Context.background(),
                        _ -> {
                            exit.run();
                            return 1;
                        });
        assertThat(future).failsWithin(Duration.ofSeconds(60));
    }

    @FunctionalInterface
    private interface AddStage {
        RecvChan<?> to(Pipeline p, RecvChan<Integer> in);
    }

    private static void pipeline(AddStage stage) {
        Chan<Integer> in = Chan.make(1);
        in.send(1);
        in.close();
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<?> out = stage.to(p, in);
            assertThatThrownBy(out::recv).cause().hasMessageEndingWith("ended its goroutine by goexit");
        }
    }

    private static void executor(Runnable exit) {
        try (var executor = new GoExecutor(1)) {
            executor.execute(exit);
        }
    }

    private static void group(Runnable exit) {
        var group = new WaitGroup();
        group.go(exit::run);
        group.await();
    }

    private static void resultGroup(Runnable exit) {
        var group = new ResultGroup<Integer>();
        group.go(_ -> {
            exit.run();
            return 1;
        });
        assertThat(group.awaitOutcomes()).hasSize(1).first().isInstanceOf(Failure.class);
    }

    private static void firstResult(Runnable exit) {
        var group = FirstResult.<Integer>withContext(Context.background());
        group.go(_ -> {
            exit.run();
            return 1;
        });
        assertThatThrownBy(group::await).hasMessage("task ended by goexit, without a result");
    }

    @FunctionalInterface
    private interface Start {
        void in(ErrGroup group);
    }

    private static void errGroup(Start start) throws Exception {
        var group = new ErrGroup();
        start.in(group);
        group.await();
    }
}
