package gofer.conformance.group;

import static gofer.Go.goexit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Value;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.group.ErrGroup;
import gofer.runtime.goroutine.Goroutines;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Error groups: `errgroup_test.go`.
@TestInstance(Lifecycle.PER_CLASS)
class ErrGroupTest {

    private static final int LIMIT = 10;

    private final Exception one = new IOException("one");
    private final Exception two = new IllegalStateException("two");

    /// The exceptions that the bodies throw, in order; null for a success.
    private List<@Nullable Exception> outcomes(@Nullable Exception... thrown) {
        return Arrays.asList(thrown);
    }

    Stream<List<@Nullable Exception>> cases() {
        return Stream.of(
                outcomes(),
                outcomes((Exception) null),
                outcomes(one),
                outcomes(one, null),
                outcomes(two, one),
                outcomes(one, null, two));
    }

    private static Body body(@Nullable Exception outcome) {
        return () -> {
            if (outcome != null) {
                throw outcome;
            }
        };
    }

    private static @Nullable Exception awaited(ErrGroup group) {
        try {
            group.await();
            return null;
        } catch (Exception failure) {
            return failure;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Pins({"EG-01", "EG-08"})
    void awaitThrowsTheFirstFailureEachTime(List<@Nullable Exception> outcomes) { // TestZeroGroup
        ErrGroup group = new ErrGroup();
        assertThat(awaited(group)).as("an empty group").isNull();
        Exception first = null;
        for (Exception outcome : outcomes) {
            group.go(body(outcome));
            first = first == null ? outcome : first;
            assertThat(awaited(group)).isSameAs(first);
        }
        assertThat(group.context()).isSameAs(Context.background());
    }

    /// Await throws the failure that came first, not the failure of the body that was started first.
    @Test
    @Pins("EG-01")
    void firstFailureIsTheFirstInTime() {
        ErrGroup group = ErrGroup.withContext(Context.background());
        group.go(() -> {
            var _ = group.context().done().recvOk();
            throw two;
        });
        group.go(body(one));
        assertThat(awaited(group)).isSameAs(one);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Pins("EG-02")
    void contextEndsWithTheFirstFailureOrTheWait(
            List<@Nullable Exception> outcomes) { // TestWithContext, TestCancelCause
        ErrGroup group = ErrGroup.withContext(Context.background());
        assertThat(group.context().err()).isNull();
        Exception first = null;
        for (Exception outcome : outcomes) {
            Goroutine g = startIn(group, outcome);
            Eventually.ended(g);
            first = first == null ? outcome : first;
            assertThat(group.context().err() == null).as("only a failure cancels").isEqualTo(first == null);
        }
        assertThat(awaited(group)).isSameAs(first);
        assertThat(group.context().done().tryRecv()).isInstanceOf(Closed.class);
        assertThat(group.context().err()).isInstanceOf(CanceledException.class);
        RuntimeException cause = group.context().cause();
        if (first instanceof RuntimeException) {
            assertThat(cause).isSameAs(first);
        } else {
            assertThat(cause).isInstanceOf(CanceledException.class);
            assertThat(cause == null ? null : cause.getCause()).as("a checked exception is wrapped").isSameAs(first);
        }
    }

    private static Goroutine startIn(ErrGroup group, @Nullable Exception outcome) {
        Chan<Goroutine> self = Chan.make(1);
        assertThat(
                        group.tryGo(() -> {
                            self.send(current());
                            body(outcome).run();
                        }))
                .isTrue();
        return self.recv();
    }

    private static Goroutine current() {
        return Goroutines.all().stream().filter(g -> g.thread() == Thread.currentThread()).findFirst().orElseThrow();
    }

    @Test
    @Pins("EG-02")
    void contextEndsWithItsParent() throws Exception {
        CancelContext parent = Context.background().withCancel();
        ErrGroup group = ErrGroup.withContext(parent);
        parent.cancel(two);
        assertThat(group.context().cause()).isSameAs(two);
        group.await();
    }

    @Test
    @Pins("EG-03")
    void limitIsNeverExceeded() throws Exception { // TestGoLimit
        ErrGroup group = new ErrGroup().limit(LIMIT);
        AtomicInteger active = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        for (int i = 0; i <= 1024; i++) {
            group.go(() -> {
                int n = active.incrementAndGet();
                if (n > LIMIT) {
                    throw new IllegalStateException("saw " + n);
                }
                Go.gosched();
                active.decrementAndGet();
                all.incrementAndGet();
            });
        }
        group.await();
        assertThat(all).hasValue(1025);
    }

    @Test
    @Pins({"EG-03", "EG-05"})
    void tryGoReturnsWhetherASlotWasFree() throws Exception { // TestTryGo
        Chan<Void> gate = Chan.make();
        Body waits = () -> gate.recvOk();
        ErrGroup group = new ErrGroup().limit(42);
        for (int i = 0; i < 42; i++) {
            assertThat(group.tryGo(waits)).isTrue();
        }
        assertThat(group.tryGo(waits)).isFalse();
        assertThatThrownBy(() -> group.limit(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("errgroup: modify limit while 42 goroutines in the group are still active");
        gate.close();
        group.await();
        assertThat(group.tryGo(waits)).isTrue();
        group.await();

        Chan<Void> next = Chan.make();
        group.limit(1);
        assertThat(group.tryGo(next::recvOk)).isTrue();
        assertThat(group.tryGo(next::recvOk)).isFalse();
        next.close();
        group.await();

        group.limit(0);
        for (int i = 0; i < 1024; i++) {
            assertThat(group.tryGo(waits)).isFalse();
        }
        group.await();
        assertThat(group.limit(-1).tryGo(waits)).isTrue();
        group.await();
    }

    @Test
    @Pins("EG-03")
    void limitOfZeroBlocksEveryGo() {
        ErrGroup group = new ErrGroup().limit(0);
        try (var crew = new Crew()) {
            Goroutine starter =
                    crew.go(() -> assertThatThrownBy(() -> group.go(() -> {})).isInstanceOf(InterruptException.class));
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            starter.thread().interrupt();
        }
    }

    /// Even after a cancellation, go waits for a free slot and then starts the body. The body can check the context.
    @Test
    @Pins("EG-04")
    void goWaitsForASlotEvenIfCancelled() {
        ErrGroup group = ErrGroup.withContext(Context.background()).limit(1);
        Chan<Void> gate = Chan.make();
        Chan<Boolean> sawCancelled = Chan.make(1);
        group.go(() -> {
            var _ = gate.recvOk();
            throw two;
        });
        try (var crew = new Crew()) {
            Goroutine starter = crew.go(() -> group.go(() -> sawCancelled.send(group.context().err() != null)));
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            ((CancelContext) group.context()).cancel(one);
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            gate.close();
        }
        assertThat(awaited(group)).isSameAs(two);
        assertThat(sawCancelled.recv()).isTrue();
    }

    static final class Panics {
        static void main(String[] args) {
            Go.main(() -> {
                ErrGroup group = new ErrGroup();
                group.go(() -> {
                    throw new AssertionError("out of order");
                });
                try {
                    group.await();
                } finally {
                    IO.println("await returned");
                }
            });
        }
    }

    @Test
    @Pins("EG-06")
    void errorEndsTheProgram() {
        ChildProgram program = ChildProgram.run(Panics.class);
        assertThat(program.err()).startsWith("panic: java.lang.AssertionError: out of order");
        assertThat(program.err()).contains("created by goroutine 1 at " + Panics.class.getName());
        assertThat(program.status()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
    }

    /// Without `Go.main`, the error is reported and thrown by await, so that no goroutine waits forever.
    @Test
    @Pins("EG-06")
    void errorIsReportedAndThrownOutsideOfGoMain() {
        AssertionError error = new AssertionError("expected in a test");
        ErrGroup group = ErrGroup.withContext(Context.background()).limit(1);
        Chan<Throwable> reported = Chan.make(1);
        group.go(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
            throw error;
        });
        assertThatThrownBy(group::await).isSameAs(error);
        assertThat(reported.tryRecv()).as("before await returned").isEqualTo(new Value<>(error));
        assertThat(group.context().cause()).hasCause(error);
        assertThat(group.tryGo(() -> {})).isTrue();
    }

    @Test
    @Pins("EG-07")
    void goexitIsASuccess() throws Exception {
        ErrGroup group = ErrGroup.withContext(Context.background()).limit(1);
        AtomicInteger unwound = new AtomicInteger();
        for (int i = 0; i < 3; i++) { // each releases its slot
            group.go(() -> {
                try {
                    throw goexit();
                } finally {
                    unwound.incrementAndGet();
                }
            });
        }
        group.await();
        assertThat(unwound).hasValue(3);
        assertThat(group.context().cause()).isInstanceOf(CanceledException.class).hasNoCause();
    }

    @Test
    void nameIsShownInDumps() throws Exception {
        ErrGroup group = new ErrGroup();
        group.go("fetch", () -> assertThat(Go.stacks()).matches("(?s)goroutine \\d+ \"fetch\" .*"));
        assertThat(group.tryGo("store", () -> assertThat(Go.stacks()).matches("(?s)goroutine \\d+ \"store\" .*")))
                .isTrue();
        group.await();
    }

    /// Await does not wait for bodies that are started later. It can be called again.
    @Test
    @Pins("EG-08")
    void awaitWaitsForBodiesStartedBeforeIt() throws Exception {
        ErrGroup group = new ErrGroup();
        Chan<Void> gate = Chan.make();
        AtomicInteger done = new AtomicInteger();
        group.await();
        group.go(() -> {
            var _ = gate.recvOk();
            done.incrementAndGet();
        });
        try (var crew = new Crew()) {
            Goroutine waiter =
                    crew.go(() -> {
                        group.await();
                        assertThat(done).hasValue(1);
                    });
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            gate.close();
        }
    }
}
