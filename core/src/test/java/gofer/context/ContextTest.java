package gofer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Empty;
import gofer.chan.RecvChan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cancellation, its causes, its propagation down the tree, and values.
class ContextTest {

    private final CancelContext root = Context.background().withCancel();
    private final RuntimeException first = new IllegalStateException("first");
    private final RuntimeException second = new IllegalStateException("second");

    @Test
    void rootsAreNeverDone() {
        for (Context context : List.of(Context.background(), Context.todo())) {
            expectLive(context);
            assertThat(context.done()).isSameAs(RecvChan.never());
            assertThat(context.deadline()).isEmpty();
            assertThat(context.value("key")).isNull();
        }
    }

    @Test
    void isNotDoneUntilCancelled() {
        RecvChan<Void> done = root.done();
        Context valued = root.withValue("key", "value");
        expectLive(root);
        expectLive(valued);
        assertThat(done.tryRecv()).isInstanceOf(Empty.class);
        root.cancel();
        assertThat(root.isDone()).isTrue();
        assertThat(valued.isDone()).isTrue();
        assertThat(valued.withoutCancel().isDone()).isFalse();
        assertThat(done.tryRecv()).isInstanceOf(Closed.class);
        assertThat(root.err()).isInstanceOf(CanceledException.class).hasMessage("context canceled");
        assertThat(root.cause()).isInstanceOf(CanceledException.class).hasNoCause();
    }

    @Test
    void doneIsTheSameChannelEachTime() {
        root.cancel();
        assertThat(root.done().tryRecv()).isInstanceOf(Closed.class);
        assertThat(root.done()).isSameAs(root.done());
    }

    @Test
    void closeCancels() {
        try (CancelContext context = root.withCancel()) {
            expectLive(context);
        }
        expectLive(root);
        CancelContext closed = root.withCancel();
        closed.close();
        assertThat(closed.err()).isInstanceOf(CanceledException.class);
    }

    @Test
    void subtreeIsDoneWhenCancelReturns() {
        List<Context> tree = new ArrayList<>(List.of(root));
        for (int i = 0; i < 30; i++) {
            Context parent = tree.get(i / 2);
            tree.add(i % 3 == 0 ? parent.withValue("key", i) : parent.withCancel());
        }
        root.cancel(first);
        assertThat(tree)
                .allSatisfy(context -> {
                    assertThat(context.done().tryRecv()).isInstanceOf(Closed.class);
                    assertThat(context.err()).isInstanceOf(CanceledException.class);
                    assertThat(context.cause()).isSameAs(first);
                });
    }

    @Test
    void childEndsWithoutItsParentAndSiblings() {
        CancelContext child = root.withCancel();
        CancelContext sibling = root.withCancel();
        child.cancel();
        expectLive(root);
        expectLive(sibling);
    }

    @Test
    void cancellingTwiceChangesNothing() {
        root.cancel(first);
        root.cancel(second);
        root.cancel();
        assertThat(root.cause()).isSameAs(first);
    }

    @Test
    void childKeepsItsOwnEarlierCause() {
        CancelContext child = root.withCancel();
        child.cancel(second);
        root.cancel(first);
        assertThat(child.cause()).isSameAs(second);
        assertThat(root.cause()).isSameAs(first);
    }

    @Test
    void childKeepsAnEarlierCauseFromItsParent() {
        CancelContext child = root.withCancel();
        root.cancel(first);
        child.cancel(second);
        assertThat(child.cause()).isSameAs(first);
    }

    @Test
    void errIsCanceledWhateverTheCause() {
        root.cancel(first);
        assertThat(root.err()).isInstanceOf(CanceledException.class).hasNoCause();
        assertThat(root.cause()).isSameAs(first);
    }

    @Test
    void checkedCauseIsWrapped() {
        for (Throwable cause : List.of(new IOException("checked"), new AssertionError("error"))) {
            CancelContext context = root.withCancel();
            context.cancel(cause);
            assertThat(context.cause()).isInstanceOf(CanceledException.class).hasCause(cause);
            assertThat(context.err()).isInstanceOf(CanceledException.class).hasNoCause();
        }
    }

    @Test
    void nullCauseMeansNoCause() {
        root.cancel(null);
        assertThat(root.cause()).isInstanceOf(CanceledException.class).hasNoCause();
    }

    @Test
    void childOfACancelledParentIsDoneAtOnce() {
        root.cancel(first);
        for (Context child :
                List.of(
                        root.withCancel(),
                        root.withValue("key", 1).withCancel(),
                        root.withTimeout(Duration.ofHours(1)))) {
            assertThat(child.done().tryRecv()).isInstanceOf(Closed.class);
            assertThat(child.err()).isInstanceOf(CanceledException.class);
            assertThat(child.cause()).isSameAs(first);
        }
    }

    @Test
    void nearestValueCounts() {
        Context inner = root.withValue("a", 1).withValue("b", 2).withCancel().withValue("a", 3);
        assertThat(inner.value("a")).isEqualTo(3);
        assertThat(inner.value("b")).isEqualTo(2);
        assertThat(inner.value("c")).isNull();
    }

    @Test
    void keyOfAnotherTypeIsAnotherKey() {
        Context context = root.withValue(1, "int");
        assertThat(context.value(1L)).isNull();
    }

    @Test
    @SuppressWarnings("NullAway") // the purpose of the test
    void rejectsNullKeysAndValues() {
        assertThatThrownBy(() -> root.withValue(null, 1)).hasMessage("nil key");
        assertThatThrownBy(() -> root.withValue("key", null)).hasMessage("value");
    }

    @Test
    @SuppressWarnings("LostCancel")
    void withoutCancelKeepsOnlyTheValues() {
        try (CancelContext parent = root.withValue("key", 1).withTimeout(Duration.ofHours(1))) {
            Context detached = parent.withoutCancel();
            CancelContext below = detached.withCancel();
            parent.cancel(first);
            expectLive(detached);
            expectLive(below);
            assertThat(detached.done()).isSameAs(RecvChan.never());
            assertThat(detached.deadline()).isEmpty();
            assertThat(detached.value("key")).isEqualTo(1);
        }
    }

    @Test
    void toStringShowsTheDerivation() {
        assertThat(root).hasToString("context.Background.WithCancel");
        assertThat(Context.todo().withValue("key", 1)).hasToString("context.TODO.WithValue(key, 1)");
        assertThat(root.withoutCancel()).hasToString("context.Background.WithCancel.WithoutCancel");
    }

    /// The chain is much longer than a stack is deep. Each deadline is earlier than that of the parent, so each context with
    /// a deadline has a timer.
    @Test
    void contextTreeMayBeDeeperThanTheStack() {
        int levels = 100_000;
        CancelContext top = root.withValue("top", 1).withoutCancel().withCancel();
        Context leaf = top;
        for (int i = 0; i < levels; i++) {
            leaf =
                    switch (i % 3) {
                        case 0 -> leaf.withCancel();
                        case 1 -> leaf.withValue(i, i);
                        default -> leaf.withTimeout(Duration.ofDays(2).minusSeconds(i));
                    };
        }
        expectLive(leaf);
        assertThat(leaf.value("top")).isEqualTo(1);
        assertThat(leaf.value("unknown")).isNull();
        assertThat(leaf.toString().split("\\.With")).hasSize(levels + 5);
        top.cancel(first);
        assertThat(leaf.done().tryRecv()).isInstanceOf(Closed.class);
        assertThat(leaf.err()).isInstanceOf(CanceledException.class);
        assertThat(leaf.cause()).isSameAs(first);
    }

    @Test
    void endsEveryKindOfWait() {
        Chan<Integer> chan = Chan.make();
        Mutex mutex = new Mutex();
        WaitGroup group = new WaitGroup();
        group.add(1);
        try (var _ = mutex.lock();
                var crew = new Crew()) {
            var receiver = crew.go(() -> expectCalledOff(() -> chan.recv(root)));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            var locker = crew.go(() -> expectCalledOff(() -> mutex.lock(root)));
            Eventually.blocked(locker, WaitReason.MUTEX_LOCK);
            var waiter = crew.go(() -> expectCalledOff(() -> group.await(root)));
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            root.cancel(first);
            crew.join();
            var sender = crew.go(() -> expectCalledOff(() -> chan.send(root, 1)));
            Eventually.ended(sender);
        }
        group.done();
    }

    @Test
    void endsASend() {
        Chan<Integer> chan = Chan.make();
        try (var crew = new Crew()) {
            var sender = crew.go(() -> expectCalledOff(() -> chan.send(root.withCancel(), 1)));
            Eventually.blocked(sender, WaitReason.CHAN_SEND);
            root.cancel(first);
        }
        assertThat(chan.tryRecv()).isInstanceOf(Empty.class);
    }

    private void expectCalledOff(Runnable wait) {
        assertThatThrownBy(wait::run).isSameAs(first);
    }

    private static void expectLive(Context context) {
        assertThat(context.err()).isNull();
        assertThat(context.cause()).isNull();
        assertThat(context.done().tryRecv()).isInstanceOf(Empty.class);
    }
}
