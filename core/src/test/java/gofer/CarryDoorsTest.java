package gofer;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.diagnostics.Leaks;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.group.ErrGroup;
import gofer.group.FirstResult;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.group.Task;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.interop.Publishers;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method that starts a goroutine carries context into it.
class CarryDoorsTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private static final ThreadLocal<@Nullable String> LOCAL = new ThreadLocal<>();

    private static final ThreadLocal<@Nullable String> INHERITABLE = new InheritableThreadLocal<>();

    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    /// Calls one method that runs `body` in another goroutine, now or later.
    private interface Door {

        void pass(Body body) throws Exception;

        /// A call of a door.
        interface Call {

            void run() throws Exception;
        }
    }

    private static final Map<String, Door> DOORS = doors();

    /// Methods that run a function in the goroutine that calls them.
    private static final Set<String> WITHOUT_GOROUTINE =
            Set.of(
                    "Once.func(Runnable)",
                    "Once.run(Runnable)",
                    "SingleFlight.run(Object, Callable)",
                    "Snapshot.run(Body)");

    /// Methods that run code of their arguments in a goroutine, although they take no function.
    private static final Set<String> WITHOUT_FUNCTION =
            Set.of(
                    "GoExecutor.submit(Callable)",
                    "GoExecutor.submit(Runnable)",
                    "GoExecutor.invokeAll(Collection)",
                    "GoExecutor.invokeAny(Collection)",
                    "Publishers.of(RecvChan)",
                    "Publishers.chan(Context, Publisher, int)");

    /// Methods that start a goroutine and are tested elsewhere: `Go.main` ends the process.
    private static final Set<String> TESTED_ELSEWHERE = Set.of("Go.main(Body)", "Cancellation.afterFunc(Runnable)");

    private static Map<String, Door> doors() {
        var all = new TreeMap<String, Door>();
        all.put("Go.go(Body)", body -> Go.go(body));
        all.put("Go.go(String, Body)", body -> Go.go("name", body));
        all.put("Go.afterFunc(Duration, Body)", body -> Go.afterFunc(SOON, body));
        all.put("Alarm.func(Duration, Body)", body -> Alarm.func(SOON, body));
        all.put("WaitGroup.go(Body)", body -> new WaitGroup().go(body));
        all.put("WaitGroup.go(String, Body)", body -> new WaitGroup().go("name", body));
        all.put("ErrGroup.go(Body)", body -> new ErrGroup().limit(1).go(body));
        all.put("ErrGroup.go(String, Body)", body -> new ErrGroup().go("name", body));
        all.put("ErrGroup.go(Context, Body)", body -> new ErrGroup().go(Context.background(), body));
        all.put("ErrGroup.go(Context, String, Body)", body -> new ErrGroup().go(Context.background(), "name", body));
        all.put("ErrGroup.tryGo(Body)", body -> assertThat(new ErrGroup().tryGo(body)).isTrue());
        all.put("ErrGroup.tryGo(String, Body)", body -> assertThat(new ErrGroup().tryGo("name", body)).isTrue());
        all.put("ResultGroup.go(Task)", body -> new ResultGroup<Boolean>().go(task(body)));
        all.put("ResultGroup.go(String, Task)", body -> new ResultGroup<Boolean>().go("name", task(body)));
        all.put("FirstResult.go(Task)", body -> firstResult().go(task(body)));
        all.put("FirstResult.go(String, Task)", body -> firstResult().go("name", task(body)));
        all.put("SingleFlight.runChan(Object, Callable)", CarryDoorsTest::runChan);
        all.put("CancelContext.afterFunc(Runnable)", body -> afterFunc(Context.background().withCancel(), body));
        all.put("Context.afterFunc(Runnable)", CarryDoorsTest::afterFuncOfUsersContext);
        all.put("Leaks.assertNone(Body)", Leaks::assertNone);
        all.put(
                "Futures.go(Context, Task)",
                body -> assertThat(Futures.go(Context.background(), task(body))).isNotNull());
        all.put("GoExecutor.execute(Runnable)", body -> new GoExecutor(1).execute(runnable(body)));
        all.put(
                "GoExecutor.submit(Runnable)",
                body -> assertThat(new GoExecutor(1).submit(runnable(body))).isNotNull());
        all.put("GoExecutor.submit(Callable)", body -> assertThat(new GoExecutor(1).submit(call(body))).isNotNull());
        all.put("GoExecutor.invokeAll(Collection)", body -> new GoExecutor(1).invokeAll(List.of(call(body))));
        all.put("GoExecutor.invokeAny(Collection)", body -> new GoExecutor(1).invokeAny(List.of(call(body))));
        all.put("Publishers.of(RecvChan)", CarryDoorsTest::subscriber);
        all.put("Publishers.chan(Context, Publisher, int)", CarryDoorsTest::publisher);
        return all;
    }

    private static FirstResult<Boolean> firstResult() {
        return FirstResult.withContext(Context.background());
    }

    private static void runChan(Body body) {
        RecvChan<SingleFlight.Result<Boolean>> _ = new SingleFlight<String, Boolean>().runChan("key", call(body));
    }

    private static void afterFunc(CancelContext context, Body body) {
        context.afterFunc(runnable(body));
        Thread.ofPlatform().start(context::cancel); // a thread with another context
    }

    /// The context of a user is watched by a goroutine.
    private static void afterFuncOfUsersContext(Body body) {
        Chan<Void> done = Chan.make();
        Context users =
                new Context() {
                    @Override
                    public RecvChan<Void> done() {
                        return done;
                    }

                    @Override
                    public @Nullable ContextException err() {
                        return null;
                    }

                    @Override
                    public @Nullable RuntimeException cause() {
                        return null;
                    }

                    @Override
                    public Optional<Instant> deadline() {
                        return Optional.empty();
                    }

                    @Override
                    public @Nullable Object value(Object key) {
                        return null;
                    }
                };
        users.afterFunc(runnable(body));
        Thread.ofPlatform().start(done::close);
    }

    /// The goroutine of the subscription calls the subscriber.
    private static void subscriber(Body body) {
        Chan<String> ended = Chan.make();
        ended.close();
        Publishers.of(ended)
                .subscribe(
                        new Flow.Subscriber<>() {
                            @Override
                            public void onSubscribe(Flow.Subscription subscription) {
                                subscription.request(1);
                            }

                            @Override
                            public void onNext(String value) {}

                            @Override
                            public void onError(Throwable thrown) {}

                            @Override
                            public void onComplete() {
                                runnable(body).run();
                            }
                        });
    }

    /// The goroutine that forwards values requests the second one.
    private static void publisher(Body body) {
        Flow.Publisher<Integer> publisher =
                subscriber ->
                        subscriber.onSubscribe(
                                new Flow.Subscription() {
                                    private int sent;

                                    @Override
                                    public void request(long n) {
                                        if (sent == 0) {
                                            subscriber.onNext(++sent);
                                        } else {
                                            runnable(body).run();
                                            subscriber.onComplete();
                                        }
                                    }

                                    @Override
                                    public void cancel() {}
                                });
        assertThat(Publishers.chan(Context.background(), publisher, 1).recv()).isEqualTo(1);
    }

    private static Task<Boolean> task(Body body) {
        return _ -> call(body).call();
    }

    private static Callable<Boolean> call(Body body) {
        return () -> {
            runnable(body).run();
            return true;
        };
    }

    private static Runnable runnable(Body body) {
        return () -> {
            try {
                body.run();
            } catch (RuntimeException | Error thrown) {
                throw thrown;
            } catch (Throwable thrown) {
                throw new AssertionError(thrown);
            }
        };
    }

    static Stream<String> names() {
        return DOORS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void goroutineGetsTheContextOfItsStart(String name) throws Exception {
        try (var _ = Go.carry(Carrier.of(LOCAL, INHERITABLE));
                var _ = Go.carry(Carrier.of(SCOPED))) {
            assertThat(seenThrough(name)).isEqualTo("local inheritable scoped");
        }
    }

    /// The goroutine starts another one, which captures again.
    @ParameterizedTest
    @MethodSource("names")
    void contextTravelsOn(String name) throws Exception {
        Chan<String> seen = Chan.make(1);
        try (var _ = Go.carry(Carrier.of(LOCAL, INHERITABLE));
                var _ = Go.carry(Carrier.of(SCOPED))) {
            within(() -> door(name).pass(() -> Go.go(() -> seen.send(context()))));
            assertThat(seen.recv()).isEqualTo("local inheritable scoped");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsCarriedWithoutCarrier(String name) throws Exception {
        assertThat(seenThrough(name)).startsWith("null ").endsWith(" unbound");
    }

    @ParameterizedTest
    @MethodSource("names")
    void starterCapturesOnce(String name) throws Exception {
        var captures = new ArrayList<Thread>();
        Carrier carrier =
                () -> {
                    captures.add(Thread.currentThread());
                    return null;
                };
        Chan<String> seen = Chan.make(1);
        try (var _ = Go.carry(carrier)) {
            door(name).pass(() -> seen.send("started"));
            assertThat(seen.recv()).isEqualTo("started");
        }
        assertThat(captures).containsExactly(Thread.currentThread());
    }

    @ParameterizedTest
    @MethodSource("names")
    void failureOfACaptureIsThrownByTheStart(String name) {
        Chan<String> seen = Chan.make(1);
        try (var _ =
                Go.carry(() -> {
                    throw new ArithmeticException("capture");
                })) {
            Throwable thrown = null;
            try {
                door(name).pass(() -> seen.send("started"));
            } catch (Throwable refused) {
                thrown = refused;
            }
            assertThat(thrown).isInstanceOf(ArithmeticException.class).hasMessage("capture");
        }
        assertThat(seen.len()).isZero();
    }

    /// A new method that takes a function must be added to one of the tables.
    @Test
    void everyMethodThatTakesAFunctionIsInATable() throws Exception {
        var tables = new TreeSet<>(DOORS.keySet());
        tables.addAll(WITHOUT_GOROUTINE);
        tables.addAll(TESTED_ELSEWHERE);
        tables.removeAll(WITHOUT_FUNCTION);
        assertThat(methodsThatTakeAFunction()).isEqualTo(tables);
    }

    private static Set<String> methodsThatTakeAFunction() throws Exception {
        Path root = Path.of(Go.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(root.resolve("gofer"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString().replace('/', '.');
                if (!name.endsWith(".class") || name.startsWith("gofer.runtime.") || name.contains("package-info")) {
                    continue;
                }
                Class<?> type = Class.forName(name.replace(".class", ""));
                if (Modifier.isPublic(type.getModifiers())) {
                    Stream.of(type.getDeclaredMethods())
                            .filter(CarryDoorsTest::takesFunction)
                            .map(CarryDoorsTest::signature)
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static boolean takesFunction(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && Stream.of(method.getParameterTypes())
                        .anyMatch(
                                type -> List.of(Body.class, Runnable.class, Callable.class, Task.class).contains(type));
    }

    private static String signature(Method method) {
        var types = new ArrayList<String>();
        for (Class<?> type : method.getParameterTypes()) {
            types.add(type.getSimpleName());
        }
        return method.getDeclaringClass().getSimpleName()
                + "."
                + method.getName()
                + "("
                + String.join(", ", types)
                + ")";
    }

    private static String seenThrough(String name) throws Exception {
        Chan<String> seen = Chan.make(1);
        within(() -> door(name).pass(() -> seen.send(context())));
        return seen.recv();
    }

    private static Door door(String name) {
        return Objects.requireNonNull(DOORS.get(name));
    }

    /// Runs `block` with a value in each variable, and removes the values.
    private static void within(Door.Call block) throws Exception {
        LOCAL.set("local");
        INHERITABLE.set("inheritable");
        try {
            var _ =
                    ScopedValue.where(SCOPED, "scoped")
                            .<Boolean, Exception>call(() -> {
                                block.run();
                                return true;
                            });
        } finally {
            LOCAL.remove();
            INHERITABLE.remove();
        }
    }

    private static String context() {
        return LOCAL.get() + " " + INHERITABLE.get() + " " + SCOPED.orElse("unbound");
    }
}
