package gofer.conformance.memory;

import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.group.Weighted;
import gofer.pipeline.Pipeline;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that types built from channels and locks order plain fields. Go's memory model has no rules for these types, but
/// their documentation has.
class ContextEdgesTest {

    private static final int ROUNDS = 3000;

    private final int[] plain = new int[ROUNDS];
    private int counter; // also plain

    /// A way to notice that a context is cancelled.
    record Notice(String name, Consumer<CancelContext> await) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Notice> notices() {
        return Stream.of(
                new Notice("done", ctx -> ctx.done().recvOk()),
                new Notice("done of a child", ctx -> ctx.withCancel().withValue("key", "value").done().recvOk()),
                new Notice(
                        "err",
                        ctx -> {
                            while (ctx.err() == null) {
                                gosched();
                            }
                        }),
                new Notice(
                        "cause",
                        ctx -> {
                            while (ctx.cause() == null) {
                                gosched();
                            }
                        }),
                new Notice(
                        "a wait that it ends",
                        ctx ->
                                assertThatExceptionOfType(CanceledException.class)
                                        .isThrownBy(() -> Chan.make().recv(ctx))),
                new Notice(
                        "afterFunc",
                        ctx -> {
                            Chan<Boolean> ran = Chan.make();
                            ctx.afterFunc(() -> ran.send(true));
                            ran.recv();
                        }));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void cancellationHappensBeforeItIsNoticed(Notice notice) {
        List<CancelContext> contexts = Stream.generate(() -> Context.background().withCancel()).limit(ROUNDS).toList();
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    notice.await.accept(contexts.get(i));
                    counter += plain[i];
                }
            });
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    plain[i] = i + 1;
                    contexts.get(i).cancel();
                    if (i % 2 == 0) {
                        gosched();
                    }
                }
            });
        }
        assertThat(counter).isEqualTo(ROUNDS * (ROUNDS + 1) / 2);
    }

    @Test
    void endOfABodyHappensBeforeTheAwaitOfItsGroupReturns() throws Exception {
        for (int i = 0; i < ROUNDS; i += 3) {
            var group = new ErrGroup();
            for (int g = 0; g < 3; g++) {
                int slot = i + g;
                group.go(() -> plain[slot] = slot + 1);
            }
            group.await();
            counter += plain[i] + plain[i + 1] + plain[i + 2];
        }
        assertThat(counter).isEqualTo(ROUNDS * (ROUNDS + 1) / 2);
    }

    @Test
    void releaseHappensBeforeTheAcquireThatItEnables() {
        var weighted = new Weighted(3);
        try (var crew = new Crew()) {
            for (int g = 0; g < 4; g++) {
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        weighted.acquire(2 + i % 2); // no two of them hold it together
                        counter++;
                        weighted.release(2 + i % 2);
                    }
                });
            }
        }
        assertThat(counter).isEqualTo(4 * ROUNDS);
    }

    @Test
    void workHappensBeforeEveryCallThatSharesItReturns() {
        var flights = new SingleFlight<Integer, Integer>();
        try (var crew = new Crew()) {
            for (int g = 0; g < 4; g++) {
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        int own = i;
                        int[] mine = new int[1];
                        int got =
                                flights.run(
                                                i,
                                                () -> {
                                                    mine[0] = own + 1;
                                                    plain[own] = own + 1;
                                                    return own;
                                                })
                                        .get();
                        assertThat(plain[got]).isEqualTo(own + 1);
                        assertThat(mine[0]).isIn(0, own + 1);
                    }
                });
            }
        }
    }

    @Test
    void stageHappensBeforeTheReceiveOfItsResultsAndTheClose() {
        int received = 0;
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> numbers =
                    p.produce((ctx, out) -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            plain[i] = i;
                            out.send(ctx, i);
                            counter++; // read after the close
                        }
                    });
            RecvChan<Integer> mapped =
                    p.map(
                            numbers,
                            4,
                            (_, i) -> {
                                plain[i]++;
                                return i;
                            });
            for (int i : p.orderedMap(mapped, 4, (_, i) -> i)) {
                assertThat(plain[i]).isEqualTo(i + 1);
                received++;
            }
        }
        assertThat(received).isEqualTo(ROUNDS);
        assertThat(counter).isEqualTo(ROUNDS);
    }
}
