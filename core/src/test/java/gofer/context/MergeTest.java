package gofer.context;

import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Contexts that end with either of two others.
class MergeTest {

    private final CancelContext a = Context.background().withCancel();
    private final CancelContext b = Context.background().withCancel();
    private final RuntimeException cause = new IllegalStateException("cause");

    /// Each way to pass `context` on.
    private static List<UnaryOperator<Context>> wrappers() {
        return List.of(
                context -> context,
                context -> context.withValue("wrapped", true),
                Context::withCancel,
                User::new,
                context -> new User(context).withCancel());
    }

    /// A user's context.
    private static class User implements Context {

        private final Context inner;

        User(Context inner) {
            this.inner = inner;
        }

        @Override
        public RecvChan<Void> done() {
            return inner.done();
        }

        @Override
        public @Nullable ContextException err() {
            return inner.err();
        }

        @Override
        public @Nullable RuntimeException cause() {
            return inner.cause();
        }

        @Override
        public Optional<Instant> deadline() {
            return inner.deadline();
        }

        @Override
        public @Nullable Object value(Object key) {
            return inner.value(key);
        }
    }

    @Test
    @SuppressWarnings("LostCancel") // ends with its parent
    void endsWithEither() {
        for (var wrapper : wrappers()) {
            for (boolean first : List.of(true, false)) {
                CancelContext ends = Context.background().withCancel();
                CancelContext stays = Context.background().withCancel();
                Context one = wrapper.apply(first ? ends : stays);
                Context other = wrapper.apply(first ? stays : ends);
                CancelContext merged = Context.merge(one, other);
                CancelContext below = merged.withCancel();
                assertThat(merged.isDone()).isFalse();
                ends.cancel(cause);
                assertThat(select(merged.done())).isEqualTo(new First<>(new Closed<>()));
                assertThat(merged.cause()).isSameAs(cause);
                assertThat(merged.err()).isExactlyInstanceOf(CanceledException.class);
                assertThat(below.cause()).isSameAs(cause);
                stays.cancel();
                assertThat(merged.cause()).isSameAs(cause);
            }
        }
    }

    /// The cancel of either returns after the merged context has ended.
    @Test
    void hasEndedWhenCancelReturns() {
        CancelContext merged = Context.merge(a, b);
        CancelContext reversed = Context.merge(b, a);
        a.cancel();
        assertThat(merged.isDone()).isTrue();
        assertThat(reversed.isDone()).isTrue();
    }

    @Test
    void endsAtOnceIfOneHasEnded() {
        b.cancel(cause);
        assertThat(Context.merge(a, b).cause()).isSameAs(cause);
        assertThat(Context.merge(b, a).cause()).isSameAs(cause);
        assertThat(Internals.dependents(a)).isZero();
    }

    @Test
    void endsAloneAndLeavesNothingBehind() {
        for (int i = 0; i < Rounds.of(100_000); i++) {
            try (CancelContext merged = Context.merge(a, b)) {
                assertThat(Internals.dependents(a)).isOne();
                assertThat(Internals.dependents(b)).isOne();
                assertThat(merged.err()).isNull();
            }
        }
        assertThat(Internals.dependents(a)).isZero();
        assertThat(Internals.dependents(b)).isZero();
        assertThat(a.isDone() || b.isDone()).isFalse();
        CancelContext merged = Context.merge(a, b);
        a.cancel();
        assertThat(merged.isDone()).isTrue();
        assertThat(Internals.dependents(b)).isZero();
    }

    @Test
    void mergesWithContextsThatNeverEnd() {
        CancelContext merged = Context.merge(a, Context.background());
        CancelContext reversed = Context.merge(Context.todo(), a.withoutCancel());
        a.cancel(cause);
        assertThat(merged.cause()).isSameAs(cause);
        assertThat(reversed.isDone()).isFalse();
        reversed.cancel(cause);
        assertThat(reversed.cause()).isSameAs(cause);
    }

    @Test
    void theEarlierDeadlineCounts() {
        try (var soon = a.withTimeout(Duration.ofNanos(1));
                var late = b.withTimeout(Duration.ofHours(1))) {
            for (var merged : List.of(Context.merge(soon, late), Context.merge(late, soon))) {
                assertThat(merged.deadline()).isEqualTo(soon.deadline());
                assertThat(select(merged.done())).isEqualTo(new First<>(new Closed<>()));
                assertThat(merged.err()).isExactlyInstanceOf(DeadlineExceededException.class);
            }
            assertThat(Context.merge(a, late).deadline()).isEqualTo(late.deadline());
            assertThat(Context.merge(a, b).deadline()).isEmpty();
        }
    }

    @Test
    void valuesOfTheFirstComeBeforeThoseOfTheSecond() {
        Context one = a.withValue("both", 1).withValue("one", 1);
        Context two = b.withValue("both", 2).withValue("two", 2);
        Context merged = Context.merge(one, two).withValue("own", 3);
        assertThat(merged.value("both")).isEqualTo(1);
        assertThat(merged.value("one")).isEqualTo(1);
        assertThat(merged.value("two")).isEqualTo(2);
        assertThat(merged.value("own")).isEqualTo(3);
        assertThat(merged.value("none")).isNull();
    }

    @Test
    @SuppressWarnings("LostCancel") // ends with its parent
    void oneMayBeBelowTheOther() {
        CancelContext below = a.withCancel();
        for (var merged : List.of(Context.merge(a, below), Context.merge(below, a), Context.merge(a, a))) {
            assertThat(merged.isDone()).isFalse();
        }
        CancelContext merged = Context.merge(a, below);
        CancelContext again = Context.merge(merged, merged.withCancel());
        a.cancel(cause);
        assertThat(again.cause()).isSameAs(cause);
    }

    /// Threads end both contexts, which are above and below each other, at the same time.
    @Test
    void endsOnceUnderContention() {
        for (int i = 0; i < Rounds.of(5_000); i++) {
            CancelContext top = Context.background().withCancel();
            CancelContext below = top.withCancel();
            CancelContext merged = i % 2 == 0 ? Context.merge(top, below) : Context.merge(below, top);
            CancelContext last = Context.merge(below.withCancel(), merged);
            Chan<Void> start = Chan.make();
            try (var crew = new Crew()) {
                for (CancelContext each : List.of(top, below, merged)) {
                    crew.go(() -> {
                        start.recvOk();
                        each.cancel();
                        assertThat(last.isDone()).isTrue();
                    });
                }
                start.close();
            }
            assertThat(merged.isDone() && last.isDone()).isTrue();
        }
    }

    @Test
    @SuppressWarnings("LostCancel") // each ends with its parent
    void aLongChainEndsWithItsRoot() {
        CancelContext last = a;
        for (int i = 0; i < 100_000; i++) {
            last = Context.merge(Context.background(), last);
        }
        a.cancel(cause);
        assertThat(last.cause()).isSameAs(cause);
    }

    /// A context whose methods fail does not affect the waits for the context that it wraps.
    @Test
    void aUsersContextMayThrow() {
        var broken = new Object();
        Context fails =
                new User(a) {
                    @Override
                    public RuntimeException cause() {
                        throw new IllegalStateException("broken " + broken.hashCode());
                    }
                };
        CancelContext merged = Context.merge(b, fails);
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(() -> Chan.make().recv(a)).isSameAs(cause));
            Eventually.blocked(waiter, WaitReason.CHAN_RECEIVE);
            a.cancel(cause);
        }
        assertThat(merged.cause()).isSameAs(cause);
    }

    @Test
    void aMergeThatFailsLeavesNothingBehind() {
        Context fails =
                new User(b) {
                    @Override
                    public RecvChan<Void> done() {
                        throw new IllegalStateException("broken");
                    }
                };
        assertThatThrownBy(() -> Context.merge(a, fails)).hasMessage("broken");
        assertThat(Internals.dependents(a)).isZero();
    }

    /// A goroutine that has seen the end of the second sees the end of the merged context.
    @Test
    void isDoneIfTheSecondIs() {
        for (int i = 0; i < Rounds.of(20_000); i++) {
            CancelContext second = Context.background().withCancel();
            try (var crew = new Crew();
                    CancelContext merged = Context.merge(a, second)) {
                crew.go(() -> {
                    second.done().recvOk();
                    assertThat(second.isDone() && merged.isDone()).isTrue();
                });
                crew.go(second::cancel);
            }
        }
    }

    @Test
    void endsTheWaitsUnderIt() {
        CancelContext merged = Context.merge(a, b);
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(() -> Chan.make().recv(merged)).isSameAs(cause));
            Eventually.blocked(waiter, WaitReason.CHAN_RECEIVE);
            b.cancel(cause);
        }
    }

    @Test
    void namesBoth() {
        assertThat(Context.merge(a, b.withValue("key", 1)))
                .hasToString(
                        "merge(context.Background.WithCancel, context.Background.WithCancel.WithValue(key,"
                                + " 1)).WithCancel");
        assertThatThrownBy(() -> Context.merge(Nulls.nothing(), b)).hasMessage("first");
        assertThatThrownBy(() -> Context.merge(a, Nulls.nothing())).hasMessage("second");
    }
}
