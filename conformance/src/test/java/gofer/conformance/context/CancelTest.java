package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.context.Internals;
import gofer.fixture.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests cancellation, from the cancelled context down the tree.
class CancelTest {

    @Test
    @Pins("CX-01")
    void rootsAreNeverDone() { // TestBackground, TestTODO
        for (Context root : List.of(Context.background(), Context.todo())) {
            Expect.live(root);
            assertThat(root.done()).isSameAs(RecvChan.never());
            assertThat(root.deadline()).isEmpty();
            assertThat(root.value("key")).isNull();
            assertThat(root.afterFunc(() -> {}).stop()).isTrue();
        }
        assertThat(Context.background()).hasToString("context.Background").isSameAs(Context.background());
        assertThat(Context.todo()).hasToString("context.TODO");
    }

    @Test
    @Pins("CX-02")
    void cancelReachesTheSubtreeBeforeItReturns() { // TestWithCancel
        CancelContext root = Context.background().withCancel();
        Wrapper wrapper = new Wrapper(root);
        List<Context> all = List.of(root, wrapper, wrapper.withCancel(), root.withValue("k", 1).withCancel());
        all.forEach(Expect::live);
        root.cancel();
        all.forEach(Expect::canceled);
        RuntimeException late = new IllegalStateException("late");
        root.cancel(late);
        root.close();
        all.forEach(context -> assertThat(context.cause()).isInstanceOf(CanceledException.class));
    }

    /// A second cancel also finds the subtree cancelled when it returns, even while the first one is running.
    @Test
    @Pins("CX-02")
    void noCancelReturnsBeforeTheSubtreeIsDone() {
        for (int round = 0; round < 200; round++) {
            CancelContext root = Context.background().withCancel();
            Context leaf = root;
            for (int i = 0; i < 50; i++) {
                leaf = leaf.withCancel();
            }
            Context last = leaf;
            try (var crew = new Crew()) {
                for (int i = 0; i < 3; i++) {
                    crew.go(() -> {
                        root.cancel();
                        Expect.canceled(last);
                    });
                }
            }
        }
    }

    @Test
    @Pins("CX-02")
    void wholeTreeCanCancelConcurrently() { // TestSimultaneousCancels
        for (int round = 0; round < 20; round++) {
            List<CancelContext> tree = new ArrayList<>(List.of(Context.background().withCancel()));
            for (int i = 0; tree.size() < 100; i++) {
                for (int child = 0; child < 4; child++) {
                    tree.add(tree.get(i).withCancel());
                }
            }
            List<CancelContext> shuffled = new ArrayList<>(tree);
            Collections.shuffle(shuffled);
            try (var crew = new Crew()) {
                shuffled.forEach(context -> crew.go(context::cancel));
                tree.forEach(context -> assertThat(context.done().recvOk()).isInstanceOf(Closed.class));
            }
            tree.forEach(Expect::canceled);
            tree.forEach(context -> assertThat(Internals.dependents(context)).isZero());
        }
    }

    @Test
    @Pins("CX-02")
    void wokenGoroutineCanCancelTheChild() { // TestInterlockedCancels
        for (int round = 0; round < 200; round++) {
            CancelContext parent = Context.background().withCancel();
            CancelContext child = parent.withCancel();
            try (var crew = new Crew()) {
                crew.go(() -> {
                    var _ = parent.done().recvOk();
                    child.cancel();
                });
                parent.cancel();
                assertThat(child.done().recvOk()).isInstanceOf(Closed.class);
            }
        }
    }

    /// The chain is longer than a stack is deep. In Go stacks grow. In Java the depth must not matter.
    @Test
    @Pins({"CX-02", "CX-10"})
    void longChainIsCancelledToItsEnd() {
        CancelContext root = Context.background().withValue("key", "value").withCancel();
        Context end = root;
        for (int i = 0; i < 200_000; i++) {
            end = i % 2 == 0 ? end.withCancel() : end.withValue(i, i);
        }
        assertThat(end.value("key")).isEqualTo("value");
        Expect.live(end);
        root.cancel();
        Expect.canceled(end);
    }

    @Test
    @Pins("CX-03")
    void errImpliesThatDoneIsClosed() { // TestContextErrDoneRace
        for (int round = 0; round < 500; round++) {
            CancelContext context = Context.background().withCancel();
            try (var crew = new Crew()) {
                crew.go(context::cancel);
                while (context.err() == null) {
                    Thread.yield();
                }
                Expect.canceled(context);
            }
        }
    }

    /// A goroutine that done wakes finds the reason.
    @Test
    @Pins("CX-03")
    void closedDoneImpliesErr() {
        for (int round = 0; round < 500; round++) {
            CancelContext context = Context.background().withCancel();
            CancelContext child = context.withCancel();
            try (var crew = new Crew()) {
                crew.go(() -> {
                    var _ = child.done().recvOk();
                    Expect.canceled(child);
                });
                var _ = crew.go(context::cancel);
                var _ = context.done().recvOk();
                Expect.canceled(context);
                Expect.canceled(child);
            }
        }
    }

    @Test
    @Pins("CX-03")
    void errHasTheMessagesOfGo() {
        CancelContext canceled = Context.background().withCancel();
        canceled.cancel();
        assertThat(canceled.err()).hasMessage("context canceled").hasNoCause();
        CancelContext expired = Context.background().withTimeout(Duration.ZERO);
        assertThat(expired.err()).hasMessage("context deadline exceeded").hasNoCause();
    }

    @Test
    @Pins("CX-04")
    @SuppressWarnings("LostCancel")
    void childOfACancelledParentIsDoneFromTheStart() { // TestWithCancelCanceledParent
        CancelContext parent = Context.background().withCancel();
        RuntimeException because = new IllegalStateException("because");
        parent.cancel(because);
        for (Context child :
                List.of(
                        parent.withCancel(),
                        parent.withTimeout(Duration.ofHours(1)),
                        parent.withValue("k", 1),
                        new Wrapper(parent).withCancel())) {
            Expect.canceled(child);
            assertThat(child.cause()).isSameAs(because);
        }
        CancelContext expired = Context.background().withTimeout(Duration.ZERO, because).withCancel();
        Expect.done(expired, DeadlineExceededException.class);
        assertThat(expired.cause()).isSameAs(because);
    }

    @Test
    @Pins("CX-04")
    void childIsDoneIfItsParentIsCancelledConcurrently() { // TestWithCancelSimultaneouslyCanceledParent
        RuntimeException because = new IllegalStateException("because");
        for (int round = 0; round < 500; round++) {
            CancelContext parent = Context.background().withCancel();
            try (var crew = new Crew()) {
                crew.go(() -> parent.cancel(because));
                CancelContext child = parent.withCancel();
                assertThat(child.done().recvOk()).isInstanceOf(Closed.class);
                Expect.canceled(child);
                assertThat(child.cause()).isSameAs(because);
            }
        }
    }
}
