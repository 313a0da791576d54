package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static gofer.Go.trySelect;
import static gofer.conformance.bubble.Outside.use;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Select;
import gofer.diagnostics.Deadlocks;
import gofer.diagnostics.Profile;
import gofer.goroutine.Body;
import gofer.goroutine.FatalError;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Tests channels, selects, wait groups and conditions on both sides of a bubble. See also [BelongingTest].
class OutsideChannelsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void waitForAnOutsideChannelStopsTheClock() throws Exception {
        Chan<Integer> outside = Chan.make();
        Chan<Integer> full = Chan.named("full", 1);
        full.send(1);
        Outside.whenTheBubbleWaits(() -> {
            full.recv();
            Outside.whenTheBubbleWaits(() -> outside.send(7));
        });
        Bubble.run(() -> {
            go(() -> sleep(HOUR));
            full.send(2);
            assertThat(select(outside, after(HOUR))).isInstanceOf(First.class);
            assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T00:00:00Z");
            sleep(HOUR);
        });
    }

    @Test
    void plainThreadOfTheBubbleWaitsForAnOutsideChannel() throws Exception {
        Chan<Integer> outside = Chan.make();
        Outside.whenTheBubbleWaits(() -> outside.send(7));
        int[] got = {0};
        Bubble.run(() -> Thread.startVirtualThread(() -> got[0] = outside.recv()).join());
        assertThat(got[0]).isEqualTo(7);
    }

    @Test
    void everyOperationOnABubbleChannelIsRefusedOutside() throws Exception {
        Bubble.run(() -> {
            Chan<Integer> chan = Chan.make(1);
            Chan<Integer> own = Chan.make(1);
            var select = new Select();
            var send = select.send(own);
            select.recv(chan);
            for (Body call :
                    new Body[] {
                        () -> chan.send(1),
                        () -> use(chan.trySend(1)),
                        () -> chan.recv(),
                        () -> chan.recvOk(),
                        () -> use(chan.tryRecv()),
                        chan::close,
                        () -> use(select(chan.sending(1), own)),
                        () -> use(trySelect(chan)),
                        () -> use(select.await()),
                        () -> use(select.poll()),
                        () -> use(chan.iterator().hasNext())
                    }) {
                assertThat(Outside.call(call))
                        .isInstanceOf(FatalError.class)
                        .hasMessageStartingWith("channel of a bubble is used outside of it: chan ");
            }
            send.offer(3);
            assertThat(select.await()).isSameAs(send);
        });
    }

    @Test
    void bubbleSelectCanBeUsedOutsideOnOutsideChannels() throws Exception {
        Chan<Integer> outside = Chan.make(1);
        Bubble.run(() -> {
            var select = new Select();
            var arm = select.recv(outside);
            outside.send(7);
            assertThat(Outside.call(() -> assertThat(select.await()).isSameAs(arm))).isNull();
            assertThat(arm.value()).isEqualTo(7);
        });
    }

    /// As in Go, a wait group at zero belongs to no bubble.
    @Test
    void outsideThreadCanWaitForAWaitGroupOfTheBubble() throws Exception {
        var wg = new WaitGroup();
        Chan<Integer> waits = Chan.make(1);
        var waiter = new AtomicReference<Thread>();
        Bubble.run(() -> {
            wg.go(() -> sleep(HOUR));
            waiter.set(
                    Thread.ofPlatform()
                            .start(() -> {
                                wg.await();
                                waits.send(1);
                            }));
            while (waiter.get().getState() != Thread.State.WAITING) Thread.onSpinWait();
            wg.await();
        });
        assertThat(waits.recv()).isEqualTo(1);
    }

    @Test
    void insideWaitGroupAtZeroCanBeUsedOutside() throws Exception {
        var made = new AtomicReference<WaitGroup>();
        Bubble.run(() -> {
            made.set(new WaitGroup());
            made.get().go(() -> {});
            made.get().await();
        });
        made.get().go(() -> {});
        made.get().await();
    }

    @Test
    @SuppressWarnings("AwaitNotInLoop")
    void insideConditionCanBeUsedOutside() throws Exception {
        Bubble.run(() -> {
            var mu = new Mutex();
            var cond = new Cond(mu);
            Thread waiter =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (var _ = mu.lock()) {
                                    cond.await();
                                }
                            });
            while (waiter.getState() != Thread.State.WAITING) Thread.onSpinWait();
            cond.signal();
            assertThat(Outside.call(waiter::join)).isNull();
        });
    }

    @Test
    void diagnosticsWorkInABubble() throws Exception {
        Bubble.run(() -> {
            assertThat(gofer.Go.numGoroutine()).isPositive();
            assertThat(gofer.Go.stacks()).contains("OutsideChannelsTest");
            assertThat(Deadlocks.find()).isNotNull();
            assertThat(Profile.goroutine()).isNotNull();
        });
    }
}
