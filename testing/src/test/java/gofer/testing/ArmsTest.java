package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Broadcast;
import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Subscription;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.group.Weighted;
import gofer.sync.WaitGroup;
import org.junit.jupiter.api.Test;

/// What Go does not have, in all schedules: semaphores in a select, broadcasts, merged contexts, closes with a cause.
class ArmsTest {

    private final StringBuilder seen = new StringBuilder();

    /// The permit goes to one goroutine at a time, and is free in the end.
    @Test
    void aSemaphoreInASelect() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    var semaphore = new Weighted(1);
                                    Chan<Void> stop = Chan.make();
                                    Chan<Object> log = Chan.make(3);
                                    var wg = new WaitGroup();
                                    int[] holders = new int[1]; // a race if both hold the permit
                                    wg.go(() -> {
                                        switch (select(semaphore.acquiring(1), stop)) {
                                            case First(var held) -> {
                                                log.send(++holders[0] == 1 ? 'a' : '!');
                                                holders[0]--;
                                                held.close();
                                            }
                                            case Second(_) -> log.send('s');
                                        }
                                    });
                                    wg.go(() -> {
                                        try (var _ = semaphore.acquire(1)) {
                                            log.send(++holders[0] == 1 ? 'b' : '!');
                                            holders[0]--;
                                        }
                                    });
                                    stop.close();
                                    wg.await();
                                    log.send(semaphore.tryAcquire(1));
                                    log.close();
                                    log.forEach(seen::append);
                                }))
                .isEqualTo("[abtrue, batrue, bstrue, sbtrue]");
    }

    /// Both subscribers see both senders in the same order.
    @Test
    void aBroadcast() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    var news = new Broadcast<Integer>();
                                    Subscription<Integer> one = news.subscribe(2);
                                    Subscription<Integer> two = news.subscribe(1);
                                    var wg = new WaitGroup();
                                    wg.go(() -> news.send(1));
                                    wg.go(() -> news.send(2));
                                    wg.await();
                                    news.close();
                                    one.chan().forEach(seen::append);
                                    two.chan().forEach(seen::append);
                                    seen.append(one.missed()).append(two.missed());
                                }))
                .isEqualTo("[12201, 21101]");
    }

    @Test
    void aMergedContext() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    CancelContext a = Context.background().withCancel();
                                    CancelContext b = Context.background().withCancel();
                                    CancelContext merged = Context.merge(a, b);
                                    var wg = new WaitGroup();
                                    wg.go(() -> a.cancel(new IllegalStateException("a")));
                                    wg.go(() -> {
                                        b.cancel(new IllegalStateException("b"));
                                        assertThat(merged.isDone()).isTrue();
                                    });
                                    merged.done().recvOk();
                                    seen.append(String.valueOf(merged.cause()).replaceAll(".* ", ""));
                                    wg.await();
                                }))
                .isEqualTo("[a, b]");
    }

    @Test
    void aCloseWithACause() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    Chan<Integer> chan = Chan.make(1);
                                    go(() -> {
                                        chan.send(1);
                                        chan.close(new IllegalStateException("broken"));
                                    });
                                    try {
                                        chan.forEach(seen::append);
                                    } catch (IllegalStateException closed) {
                                        seen.append(closed.getCause());
                                    }
                                }))
                .isEqualTo("[1java.lang.IllegalStateException: broken]");
    }
}
