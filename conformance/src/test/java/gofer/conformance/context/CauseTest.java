package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.fixture.Crew;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests which cause a context has.
@TestInstance(Lifecycle.PER_CLASS)
class CauseTest {

    private static final Duration FOREVER = Duration.ofSeconds(1_000_000);
    private final RuntimeException ofParent = new IllegalStateException("parent");
    private final RuntimeException ofChild = new IllegalStateException("child");
    private final RuntimeException tooSlow = new IllegalStateException("too slow");
    private final RuntimeException early = new IllegalStateException("finished early");
    private static final Class<CanceledException> CANCELED = CanceledException.class;
    private static final Class<DeadlineExceededException> EXCEEDED = DeadlineExceededException.class;

    /// @param err the class of err; null if the context is not done
    /// @param cause the exact cause, or its class if the test has no instance; null if the context is not done
    record Case(String name, Supplier<Context> context, @Nullable Object err, @Nullable Object cause) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Context child(BiConsumer<CancelContext, CancelContext> steps) {
        CancelContext parent = Context.background().withCancel();
        CancelContext child = parent.withCancel();
        steps.accept(parent, child);
        return child;
    }

    private static Context cancelled(CancelContext context, @Nullable Throwable cause) {
        context.cancel(cause);
        return context;
    }

    private static Context custom(BiConsumer<CancelContext, OwnDone> steps) {
        CancelContext parent = Context.background().withCancel();
        OwnDone custom = new OwnDone(parent);
        steps.accept(parent, custom);
        return custom;
    }

    Stream<Case> table() { // TestCause
        Context root = Context.background();
        return Stream.of(
                new Case("background", Context::background, null, null),
                new Case("todo", Context::todo, null, null),
                new Case("cancel", () -> cancelled(root.withCancel(), null), CANCELED, CANCELED),
                new Case("cancel with a cause", () -> cancelled(root.withCancel(), ofParent), CANCELED, ofParent),
                new Case(
                        "cause before the child's",
                        () ->
                                child((p, c) -> {
                                    p.cancel(ofParent);
                                    c.cancel(ofChild);
                                }),
                        CANCELED,
                        ofParent),
                new Case(
                        "cause after the child's",
                        () ->
                                child((p, c) -> {
                                    c.cancel(ofChild);
                                    p.cancel(ofParent);
                                }),
                        CANCELED,
                        ofChild),
                new Case(
                        "cause before the child's cancel",
                        () ->
                                child((p, c) -> {
                                    p.cancel(ofParent);
                                    c.cancel();
                                }),
                        CANCELED,
                        ofParent),
                new Case(
                        "cause after the child's cancel",
                        () ->
                                child((p, c) -> {
                                    c.cancel();
                                    p.cancel(ofParent);
                                }),
                        CANCELED,
                        CANCELED),
                new Case(
                        "the child's cause after a cancel",
                        () ->
                                child((p, c) -> {
                                    p.cancel();
                                    c.cancel(ofChild);
                                }),
                        CANCELED,
                        CANCELED),
                new Case(
                        "the child's cause before a cancel",
                        () ->
                                child((p, c) -> {
                                    c.cancel(ofChild);
                                    p.cancel();
                                }),
                        CANCELED,
                        ofChild),
                new Case("timeout", () -> cancelled(root.withTimeout(Duration.ZERO), null), EXCEEDED, EXCEEDED),
                new Case("timeout, cancelled", () -> cancelled(root.withTimeout(FOREVER), null), CANCELED, CANCELED),
                new Case(
                        "timeout with a cause",
                        () -> cancelled(root.withTimeout(Duration.ZERO, tooSlow), early),
                        EXCEEDED,
                        tooSlow),
                new Case(
                        "timeout with a cause, cancelled",
                        () -> cancelled(root.withTimeout(FOREVER, tooSlow), null),
                        CANCELED,
                        CANCELED),
                new Case(
                        "timeout below a cancel",
                        () -> {
                            CancelContext outer = root.withCancel();
                            CancelContext inner = outer.withTimeout(Duration.ZERO, tooSlow);
                            outer.cancel(early);
                            return inner;
                        },
                        EXCEEDED,
                        tooSlow),
                new Case(
                        "timeout below a cancel, cancelled",
                        () -> {
                            CancelContext outer = root.withCancel();
                            CancelContext inner = outer.withTimeout(FOREVER, tooSlow);
                            outer.cancel(early);
                            return inner;
                        },
                        CANCELED,
                        early),
                new Case("without cancel", root::withoutCancel, null, null),
                new Case(
                        "without cancel of a cancelled one",
                        () -> cancelled(root.withCancel(), early).withoutCancel(),
                        null,
                        null),
                new Case(
                        "without cancel of an expired one",
                        () -> root.withTimeout(Duration.ZERO, tooSlow).withoutCancel(),
                        null,
                        null),
                new Case("custom, parent live", () -> custom((_, c) -> c.end()), CANCELED, CANCELED),
                new Case(
                        "custom, parent cancelled before",
                        () ->
                                custom((p, c) -> {
                                    p.cancel(ofParent);
                                    c.end();
                                }),
                        CANCELED,
                        ofParent),
                new Case("custom, parent cancelled only", () -> custom((p, _) -> p.cancel(ofParent)), null, null),
                new Case(
                        "below a custom one",
                        () -> {
                            CancelContext parent = root.withCancel();
                            OwnDone custom = new OwnDone(parent);
                            parent.cancel(ofParent);
                            custom.end();
                            return custom.withCancel();
                        },
                        CANCELED,
                        ofParent));
    }

    @ParameterizedTest
    @MethodSource("table")
    @Pins({"CX-06", "CX-09"})
    void firstCauseInTheAncestryWins(Case row) {
        Context context = row.context().get();
        Object err = context.err();
        assertThat(err == null ? null : err.getClass()).isEqualTo(row.err());
        RuntimeException cause = context.cause();
        if (row.cause() instanceof RuntimeException given) {
            assertThat(cause).isSameAs(given);
        } else {
            assertThat(cause == null ? null : cause.getClass()).isEqualTo(row.cause());
        }
    }

    @Test
    @Pins("CX-06")
    void causeIsCompleteAsSoonAsItIsVisible() { // TestCauseRace
        for (int round = 0; round < 500; round++) {
            CancelContext context = Context.background().withCancel();
            try (var crew = new Crew()) {
                crew.go(() -> context.cancel(ofParent));
                RuntimeException cause = context.cause();
                while (cause == null) {
                    Thread.yield();
                    cause = context.cause();
                }
                assertThat(cause).isSameAs(ofParent);
            }
        }
    }
}
