package gofer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What Go's error group does not have: starts that a context can stop, and the list of all failures.
class ErrGroupStartsTest {

    private final IllegalStateException enough = new IllegalStateException("enough");

    @Test
    void waitForASlotEndsWithTheContext() throws Exception {
        var group = new ErrGroup().limit(1);
        Chan<Void> gate = Chan.make();
        AtomicInteger started = new AtomicInteger();
        group.go(gate::recvOk);
        var ctx = Context.background().withCancel();
        try (var crew = new Crew()) {
            Goroutine starter =
                    crew.go(() -> assertThatThrownBy(() -> group.go(ctx, started::incrementAndGet)).isSameAs(enough));
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            ctx.cancel(enough);
        }
        gate.close();
        group.await();
        assertThat(group.tryGo(() -> {})).as("the slot is free").isTrue();
        group.await();
        assertThat(started).hasValue(0);
        assertThat(group.failures()).as("the caller has the exception").isEmpty();
    }

    @Test
    void nothingStartsInACancelledContext() throws Exception {
        var ctx = Context.background().withCancel();
        ctx.cancel(enough);
        for (ErrGroup group : List.of(new ErrGroup(), new ErrGroup().limit(1))) {
            assertThatThrownBy(() -> group.go(ctx, () -> group.fail(enough))).isSameAs(enough);
            assertThatThrownBy(() -> group.go(ctx, "named", () -> group.fail(enough))).isSameAs(enough);
            group.await();
        }
    }

    @Test
    void nothingStartsAfterAFailureWithTheContextOfTheGroup() {
        var group = ErrGroup.withContext(Context.background()).limit(1);
        AtomicInteger started = new AtomicInteger();
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                group.go(
                                        group.context(),
                                        () -> {
                                            if (started.incrementAndGet() == 3) {
                                                throw new IOException("third");
                                            }
                                        });
                            }
                        })
                .isInstanceOf(CanceledException.class)
                .hasRootCauseMessage("third");
        assertThatThrownBy(group::await).isInstanceOf(IOException.class);
        assertThat(started).hasValue(3);
    }

    @Test
    void failuresAreListedInTheOrderInWhichTheyHappened() {
        var group = new ErrGroup().limit(1); // one after the other
        for (int i = 0; i < 5; i++) {
            int n = i;
            group.go(() -> {
                if (n % 2 == 0) {
                    throw new IOException("" + n);
                }
            });
        }
        assertThatThrownBy(group::await).hasMessage("0");
        List<Throwable> before = group.failures();
        assertThat(before).extracting(Throwable::getMessage).containsExactly("0", "2", "4");
        group.fail(enough);
        assertThat(before).as("a snapshot").hasSize(3);
        assertThat(group.failures()).hasSize(4).last().isSameAs(enough);
    }

    @Test
    void noFailureIsLost() {
        var group = ErrGroup.withContext(Context.background());
        int all = Rounds.of(50_000);
        for (int i = 0; i < all; i++) {
            group.go(() -> {
                throw new IOException();
            });
        }
        assertThatThrownBy(group::await).isSameAs(group.failures().getFirst());
        assertThat(new HashSet<>(group.failures())).hasSize(all);
        assertThat(group.context().cause()).hasCause(group.failures().getFirst());
    }
}
