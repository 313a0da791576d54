package gofer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import gofer.chan.Broadcast;
import gofer.chan.Chan;
import gofer.chan.Select;
import gofer.context.Context;
import gofer.diagnostics.Profile;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Nulls;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.group.ErrGroup;
import gofer.group.FirstResult;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.group.Weighted;
import gofer.interop.GoExecutor;
import gofer.pipeline.Pipeline;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Tests that each parameter of each method of the API rejects null unless it is marked as nullable.
@Tag("one-configuration")
class NullArgumentsTest {

    private static final ThreadLocal<String> LOCAL = ThreadLocal.withInitial(() -> "value");

    private static final Duration HOUR = Duration.ofHours(1);

    /// Create the objects on which methods are called, a new one for each call.
    @SuppressWarnings("LostCancel")
    private static final List<Supplier<Object>> INSTANCES =
            List.of(
                    NullArgumentsTest::chan,
                    NullArgumentsTest::select,
                    () -> select().recv(chan()),
                    () -> select().send(chan()),
                    Mutex::new,
                    RWMutex::new,
                    () -> new RWMutex().rLocker(),
                    WaitGroup::new,
                    Once::new,
                    () -> new Pool<>(Object::new),
                    () -> new Cond(new Mutex()),
                    () -> Alarm.in(HOUR),
                    () -> Alarm.func(HOUR, () -> {}),
                    () -> Ticker.every(HOUR),
                    Context::background,
                    () -> Context.background().withCancel(),
                    () -> Context.background().withCancel().withoutCancel(),
                    () -> Context.background().withCancel().withValue("key", "value"),
                    Profile::goroutine,
                    NullArgumentsTest::threadLocals,
                    NullArgumentsTest::scopedValues,
                    ErrGroup::new,
                    () -> new ResultGroup<String>(),
                    () -> FirstResult.withContext(Context.background()),
                    () -> new Broadcast<String>(),
                    () -> new SingleFlight<String, String>(),
                    () -> new Weighted(10),
                    () -> new GoExecutor(1),
                    () -> Pipeline.withContext(Context.background()));

    private static final Map<Class<?>, Object> ARGUMENTS =
            Map.of(
                    int.class,
                    1,
                    long.class,
                    1L,
                    boolean.class,
                    true,
                    String.class,
                    "name",
                    Duration.class,
                    HOUR,
                    Instant.class,
                    Instant.MAX,
                    Throwable.class,
                    new IllegalStateException(),
                    Profile.class,
                    Profile.goroutine(),
                    OutputStream.class,
                    OutputStream.nullOutputStream());

    @TestFactory
    Stream<DynamicTest> nullIsRejected() throws IOException {
        return types().filter(type -> !type.isAnnotationPresent(FunctionalInterface.class)) // the user implements them
                .filter(type -> !type.isRecord() && !type.isEnum() && !Throwable.class.isAssignableFrom(type))
                .flatMap(type -> Stream.concat(Stream.of(type.getConstructors()), Stream.of(type.getDeclaredMethods())))
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !member.isAnnotationPresent(Deprecated.class)) // throws anyway
                .flatMap(NullArgumentsTest::tests);
    }

    /// Returns the public types of the packages that the module exports to all.
    private static Stream<Class<?>> types() throws IOException {
        Path root;
        try {
            root = Path.of(Go.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(root.resolve("gofer"))) {
            files = all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        return files.stream()
                .map(file -> root.relativize(file).toString().replace(".class", "").replace('/', '.'))
                .filter(name -> !name.endsWith("package-info") && !name.startsWith("gofer.runtime."))
                .filter(name -> !name.startsWith("gofer.chan.flavor."))
                .<Class<?>>map(NullArgumentsTest::load)
                .filter(type -> Modifier.isPublic(type.getModifiers()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Stream<DynamicTest> tests(Executable member) {
        Class<?>[] types = member.getParameterTypes();
        return IntStream.range(0, types.length)
                .filter(i -> !types[i].isPrimitive() && !isNullable(member.getAnnotatedParameterTypes()[i]))
                .boxed()
                .flatMap(i ->
                        receivers(member)
                                .map(on ->
                                        DynamicTest.dynamicTest(
                                                member + ", parameter " + (i + 1),
                                                () -> expectRejected(member, on, i))));
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Stream<Supplier<Object>> receivers(Executable member) {
        if (member instanceof Constructor || Modifier.isStatic(member.getModifiers())) {
            return Stream.of(() -> "none");
        }
        List<Supplier<Object>> receivers =
                INSTANCES.stream().filter(instance -> member.getDeclaringClass().isInstance(instance.get())).toList();
        assertThat(receivers).as("instances of " + member.getDeclaringClass()).isNotEmpty();
        return receivers.stream();
    }

    private static void expectRejected(Executable member, Supplier<Object> on, int index) {
        Object[] arguments = Stream.of(member.getParameterTypes()).map(NullArgumentsTest::argument).toArray();
        arguments[index] = Nulls.nothing();
        Throwable thrown = catchThrowable(() -> invoke(member, on.get(), arguments));
        assertThat(thrown).as("%s, parameter %d", member, index + 1).isInstanceOf(NullPointerException.class);
        assertThat(thrown.getMessage()).isNotBlank().doesNotContain("because"); // the JVM's own message contains it
    }

    private static void invoke(Executable member, Object on, Object[] arguments) throws Throwable {
        try {
            if (member instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                ((Method) member).invoke(on, arguments);
            }
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getCause();
        }
    }

    private static Object argument(Class<?> type) {
        if (ARGUMENTS.containsKey(type)) {
            return ARGUMENTS.get(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type == Body.class) {
            return (Body) () -> {};
        }
        if (type == Callable.class) {
            return (Callable<String>) () -> "";
        }
        for (Object candidate : new Object[] {new ManualCancellation(), Context.background(), chan(), new Mutex()}) {
            if (type.isInstance(candidate)) {
                return candidate;
            }
        }
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> null);
    }

    private static Chan<Object> chan() {
        Chan<Object> chan = Chan.make(2);
        chan.send("value");
        return chan;
    }

    private static Object threadLocals() {
        return Objects.requireNonNull(Carrier.of(LOCAL).capture());
    }

    private static Object scopedValues() {
        ScopedValue<String> value = ScopedValue.newInstance();
        return Objects.requireNonNull(ScopedValue.where(value, "value").call(() -> Carrier.of(value).capture()));
    }

    private static Select select() {
        return new Select();
    }
}
