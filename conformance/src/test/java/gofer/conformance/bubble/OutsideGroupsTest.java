package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.sleep;
import static gofer.conformance.bubble.Outside.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.FatalError;
import gofer.goroutine.Goroutine;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.testing.Bubble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Tests that types built from contexts, channels and wait groups follow the same rules as those.
class OutsideGroupsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void outsideGroupRunsInside() throws Exception {
        var group = ErrGroup.withContext(Context.background()).limit(2);
        Bubble.run(() -> {
            group.go(() -> {
                throw new IOException("disk");
            });
            group.go(() -> {
                var _ = group.context().done().recvOk();
                sleep(HOUR);
            });
            assertThatThrownBy(group::await).isInstanceOf(IOException.class);
            assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T01:00:00Z");
        });
        assertThat(group.context().isDone()).isTrue();
    }

    @Test
    void bubbleWaitsForAGroupThatRunsOutside() throws Exception {
        var group = new ErrGroup();
        Chan<Integer> end = Chan.make();
        group.go(() -> end.recv());
        Outside.whenTheBubbleWaits(() -> end.send(1));
        Bubble.run(() -> {
            go(() -> sleep(HOUR));
            group.await();
            assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T00:00:00Z");
            sleep(HOUR);
        });
    }

    @Test
    void groupOfABubbleIsRefusedOutside() throws Exception {
        Bubble.run(() -> {
            var group = ErrGroup.withContext(Context.background());
            for (Body call :
                    new Body[] {
                        () -> group.go(() -> {}), () -> use(group.tryGo(() -> {})), group::await, () -> group.limit(1)
                    }) {
                assertThat(Outside.call(call))
                        .isInstanceOf(FatalError.class)
                        .hasMessage("errgroup of a bubble is used outside of it");
            }
            assertThat(Outside.call(() -> use(group.context().withCancel())))
                    .isInstanceOf(FatalError.class)
                    .hasMessage("context of a bubble is used outside of it");
            group.go(() -> sleep(HOUR));
            group.await();
        });
    }

    @Test
    void outsideWorkIsSharedInRealTime() throws Exception {
        var flights = new SingleFlight<String, Integer>();
        Chan<Integer> begun = Chan.make();
        Chan<Integer> results = Chan.make();
        Goroutine outside =
                go(() ->
                        flights.run(
                                "key",
                                () -> {
                                    begun.send(1);
                                    return results.recv();
                                }));
        begun.recv();
        Outside.whenTheBubbleWaits(() -> results.send(7));
        Bubble.run(() -> {
            RecvChan<SingleFlight.Result<Integer>> later = flights.runChan("key", () -> 8);
            var now = flights.run("key", () -> 9);
            assertThat(now.get()).isEqualTo(7);
            assertThat(later.recv().get()).isEqualTo(7);
            assertThat(flights.run("key", () -> 10).get()).isEqualTo(10);
        });
        outside.thread().join();
    }

    @Test
    @SuppressWarnings("AssertInGoroutine")
    void errorOfOutsideWorkFailsTheBubble() throws Exception {
        var flights = new SingleFlight<String, Integer>();
        Chan<Integer> begun = Chan.make();
        Chan<Integer> end = Chan.make();
        Goroutine outside =
                go(() ->
                        assertThatThrownBy(() ->
                                        flights.run(
                                                "key",
                                                () -> {
                                                    begun.send(1);
                                                    end.recv();
                                                    throw new AssertionError("wrong");
                                                }))
                                .hasMessage("wrong"));
        begun.recv();
        Outside.whenTheBubbleWaits(() -> end.send(1));
        assertThatThrownBy(() -> Bubble.run(() -> flights.runChan("key", () -> 8).recv()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wrong in goroutine");
        outside.thread().join();
    }

    @Test
    void bubbleWorkIsNotSharedOutside() throws Exception {
        var flights = new SingleFlight<String, Integer>();
        Bubble.run(() -> {
            go(() ->
                    flights.run(
                            "key",
                            () -> {
                                sleep(HOUR);
                                return 7;
                            }));
            Bubble.await();
            for (Body call :
                    new Body[] {() -> flights.run("key", () -> 8), () -> use(flights.runChan("key", () -> 8))}) {
                assertThat(Outside.call(call))
                        .isInstanceOf(FatalError.class)
                        .hasMessage("singleflight call of a bubble is used outside of it");
            }
            assertThat(Outside.call(() -> assertThat(flights.run("other", () -> 9).get()).isEqualTo(9))).isNull();
            var shared = flights.run("key", () -> 10);
            assertThat(shared.get()).isEqualTo(7);
            assertThat(shared.shared()).isTrue();
            assertThat(after(Duration.ZERO).recv()).isEqualTo(Instant.parse("2000-01-01T01:00:00Z"));
        });
    }
}
