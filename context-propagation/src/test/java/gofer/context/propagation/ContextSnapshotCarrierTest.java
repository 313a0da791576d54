package gofer.context.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import gofer.Go;
import gofer.chan.Chan;
import gofer.context.Context;
import gofer.goroutine.Carrier;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.sync.WaitGroup;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.context.ContextKey;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/// The trace id of the starter arrives in the goroutine, whichever method starts it and whichever recipe carries it.
class ContextSnapshotCarrierTest {

    private static final ContextKey<String> TRACE = ContextKey.named("trace");

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    private static final ThreadLocal<String> OTHER = new ThreadLocal<>();

    private static final Map<String, Consumer<Runnable>> DOORS = doors();

    private static final Map<String, Supplier<Carrier.Registration>> RECIPES =
            Map.of(
                    "mdc", Recipes::mdc,
                    "opentelemetry", Recipes::openTelemetry,
                    "micrometer", Recipes::micrometer);

    private static Map<String, Consumer<Runnable>> doors() {
        var all = new TreeMap<String, Consumer<Runnable>>();
        all.put("go", body -> Go.go(body::run));
        all.put("WaitGroup.go", body -> new WaitGroup().go(body::run));
        all.put("ErrGroup.go", body -> new ErrGroup().go(body::run));
        all.put("afterFunc", body -> Go.afterFunc(Duration.ofMillis(1), body::run));
        all.put(
                "the afterFunc of a context",
                body -> {
                    var ctx = Context.background().withCancel();
                    ctx.afterFunc(body);
                    Thread.ofPlatform().start(ctx::cancel);
                });
        all.put(
                "SingleFlight.runChan",
                body -> {
                    var _ =
                            new SingleFlight<String, Boolean>()
                                    .runChan(
                                            "key",
                                            () -> {
                                                body.run();
                                                return true;
                                            });
                });
        return all;
    }

    static Stream<Arguments> cases() {
        return RECIPES.keySet().stream()
                .flatMap(recipe -> DOORS.keySet().stream().map(door -> Arguments.of(recipe, door)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void traceIdArrives(String recipe, String door) {
        assertThat(seen(recipe, door, true)).isEqualTo("7");
        assertThat(seen(recipe, door, false)).isEqualTo("null");
    }

    private static String seen(String recipe, String door, boolean registered) {
        Chan<String> seen = Chan.make(1);
        Runnable body = () -> seen.send(String.valueOf(current(recipe)));
        try (var _ = registered ? RECIPES.getOrDefault(recipe, Recipes::mdc).get() : null) {
            MDC.put("trace", "7");
            try (var _ = io.opentelemetry.context.Context.current().with(TRACE, "7").makeCurrent()) {
                DOORS.getOrDefault(door, Runnable::run).accept(body);
            } finally {
                MDC.clear();
            }
        }
        return seen.recv();
    }

    private static @Nullable String current(String recipe) {
        return recipe.equals("opentelemetry")
                ? io.opentelemetry.context.Context.current().get(TRACE)
                : MDC.get("trace");
    }

    @Test
    void factoryChoosesWhatIsCarried() {
        var registry = new ContextRegistry().registerThreadLocalAccessor("local", LOCAL);
        var factory = ContextSnapshotFactory.builder().contextRegistry(registry).build();
        Chan<String> seen = Chan.make(1);
        LOCAL.set("yes");
        OTHER.set("no");
        try (var _ = Go.carry(new ContextSnapshotCarrier(factory))) {
            Go.go(() -> seen.send(LOCAL.get() + " " + OTHER.get()));
            assertThat(seen.recv()).isEqualTo("yes null");
        } finally {
            LOCAL.remove();
            OTHER.remove();
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRejected() {
        assertThatNullPointerException().isThrownBy(() -> new ContextSnapshotCarrier(null)).withMessage("snapshots");
    }
}
