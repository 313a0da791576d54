package gofer.diagnostics;

import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.Overflow;
import gofer.chan.Value;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void countsGoroutines() {
        Chan<Integer> end = Chan.make();
        try (var crew = new Crew()) {
            long started = metrics.getStarted();
            for (int i = 0; i < 5; i++) {
                Eventually.blocked(crew.go(end::recvOk), WaitReason.CHAN_RECEIVE);
            }
            var stop = new AtomicBoolean();
            crew.go(() -> {
                while (!stop.get()) {
                    Thread.onSpinWait();
                }
            });
            Eventually.that("one runs", () -> metrics.getRunnable() >= 1);
            assertThat(metrics.getWaiting()).isGreaterThanOrEqualTo(5);
            assertThat(metrics.getGoroutines()).isGreaterThanOrEqualTo(6);
            assertThat(metrics.getStarted()).isGreaterThanOrEqualTo(started + 6);
            assertThat(metrics.getLeaked()).isNotNegative();
            stop.set(true);
            end.close();
        }
    }

    @Test
    void reportsTheScheduler() {
        assertThat(metrics.getScheduler()).isEqualTo(Go.scheduler().name());
        assertThat(metrics.getGomaxprocs()).isEqualTo(Go.gomaxprocs(0));
        go(() -> {});
        assertThat(metrics.getQueued()).isNotNegative();
        if (Go.scheduler() == Scheduler.GOFER) {
            assertThat(metrics.getCarriers()).isGreaterThanOrEqualTo(Go.gomaxprocs(0));
            assertThat(metrics.getSpareCarriers()).isNotNegative();
            assertThat(metrics.getTakeOvers()).isNotNegative();
            Eventually.that("all carriers rest", () -> metrics.getParkedCarriers() == Go.gomaxprocs(0));
        } else {
            assertThat(metrics.getParkedCarriers()).isEqualTo(-1);
            assertThat(metrics.getSteals()).isEqualTo(-1);
        }
    }

    @Test
    void countsTurns() {
        if (Go.scheduler() != Scheduler.GOFER) {
            assertThat(metrics.getTurns()).isEqualTo(-1);
            return;
        }
        Chan<Integer> chan = Chan.make();
        long before = metrics.getTurns();
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() -> {
                        for (int i = 0; i < 100; i++) {
                            chan.recv();
                        }
                    });
            for (int i = 0; i < 100; i++) {
                Eventually.blocked(g, WaitReason.CHAN_RECEIVE);
                chan.send(i);
            }
        }
        assertThat(metrics.getTurns()).isGreaterThanOrEqualTo(before + 101);
    }

    /// With two processors, one steals sooner or later.
    @Test
    void countsSteals() {
        if (Go.scheduler() != Scheduler.GOFER || Go.gomaxprocs(0) < 2) {
            return;
        }
        long before = metrics.getSteals();
        Eventually.that(
                "one steals",
                () -> {
                    try (var crew = new Crew()) {
                        crew.go(() -> {
                            for (int i = 0; i < 100; i++) {
                                crew.go(() -> {
                                    for (int k = 0; k < 10_000; k++) {
                                        Thread.onSpinWait();
                                    }
                                });
                            }
                        });
                    }
                    return metrics.getSteals() > before;
                });
    }

    private NamedChan named(String name) {
        return metrics.getNamedChans().stream().filter(chan -> chan.name().equals(name)).findFirst().orElseThrow();
    }

    private void assertCounts(String name, int len, long sent, long received) {
        NamedChan chan = named(name);
        assertThat(chan.len()).isEqualTo(len);
        assertThat(chan.sent()).isEqualTo(sent);
        assertThat(chan.received()).isEqualTo(received);
    }

    @Test
    void countsValuesOfANamedChannel() {
        Chan<Integer> chan = Chan.named("counted", 2);
        assertThat(chan.cap()).isEqualTo(2);
        chan.send(1);
        chan.send(2);
        assertThat(chan.trySend(3)).isFalse();
        assertCounts("counted", 2, 2, 0);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> chan.send(3)), WaitReason.CHAN_SEND);
            assertCounts("counted", 2, 2, 0);
            assertThat(chan.recv()).isEqualTo(1);
        }
        assertCounts("counted", 2, 3, 1);
        assertThat(select(chan, Chan.<Integer>never())).isEqualTo(new First<>(new Value<>(2)));
        assertThat(chan.tryRecv()).isEqualTo(new Value<>(3));
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(chan::recvOk), WaitReason.CHAN_RECEIVE);
            chan.send(4);
        }
        assertCounts("counted", 0, 4, 4);
        chan.close();
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        assertCounts("counted", 0, 4, 4);
    }

    @Test
    void countsDroppedValues() {
        Chan<Integer> first = Chan.named("first", 2, Overflow.DROP_LATEST);
        Chan<Integer> last = Chan.named("last", 2, Overflow.DROP_OLDEST);
        for (int i = 0; i < 5; i++) {
            first.send(i);
            last.send(i);
        }
        assertCounts("first", 2, 2, 0);
        assertCounts("last", 2, 5, 0);
        assertThat(named("first").dropped()).isEqualTo(3);
        assertThat(named("last").dropped()).isEqualTo(3);
        assertThat(first.recv() + last.recv()).isEqualTo(3);
    }

    @Test
    void unbufferedValueIsCountedWhenReceived() {
        Chan<Integer> chan = Chan.named("unbuffered", 0);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> chan.send(1)), WaitReason.CHAN_SEND);
            assertCounts("unbuffered", 0, 0, 0);
            assertThat(chan.recv()).isEqualTo(1);
        }
        assertCounts("unbuffered", 0, 1, 1);
    }

    @Test
    void measuresWaitsForANamedChannel() {
        Chan<Integer> chan = Chan.named("slow", 0);
        Chan<Integer> other = Chan.make();
        long start = System.nanoTime();
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(chan::recvOk), WaitReason.CHAN_RECEIVE);
            spin(1_000_000);
            chan.send(1);
        }
        double received = named("slow").secondsToReceive();
        assertThat(received).isBetween(1e-3, (System.nanoTime() - start) / 1e9);
        assertThat(named("slow").secondsToSend()).isZero();
        try (var crew = new Crew()) {
            Goroutine sender =
                    crew.go(() -> {
                        var _ = select(other, chan.sending(2));
                    });
            Eventually.blocked(sender, WaitReason.SELECT);
            spin(1_000_000);
            chan.recv();
        }
        assertThat(named("slow").secondsToSend()).isBetween(1e-3, (System.nanoTime() - start) / 1e9);
        assertThat(named("slow").secondsToReceive()).isEqualTo(received);
    }

    private static void spin(long nanos) {
        for (long start = System.nanoTime(); System.nanoTime() - start < nanos; ) {
            Thread.onSpinWait();
        }
    }

    @Test
    void channelsOfOneNameAreCountedTogetherAndNotKept() {
        var gone = new WeakReference<>(Chan.<Integer>named("shared", 1));
        Chan<Integer> second = Chan.named("shared", 3);
        second.send(1);
        Chan.<Integer>named("shared", 1).send(2);
        assertThat(named("shared").sent()).isEqualTo(2);
        Eventually.that(
                "the others are garbage",
                () -> {
                    System.gc();
                    return gone.refersTo(null) && named("shared").len() == 1;
                });
        assertThat(named("shared").sent()).isEqualTo(2);
        assertThat(second.len()).isEqualTo(1);
    }

    @Test
    void listenerGetsEachNameOnce() {
        var _ = Chan.named("existing name", 0);
        var received = new ConcurrentLinkedQueue<String>();
        Runnable end = Metrics.onNamedChan(chan -> received.add(chan.get().name()));
        var _ = Chan.named("new name", 0);
        var _ = Chan.named("new name", 0);
        end.run();
        var _ = Chan.named("unheard name", 0);
        assertThat(received).containsOnlyOnce("existing name", "new name").doesNotContain("unheard name");
    }

    @Test
    void exceptionOfAListenerIsReportedAndIgnored() {
        Thread self = Thread.currentThread();
        var reported = new ArrayList<Throwable>();
        var received = new ConcurrentLinkedQueue<String>();
        var broken = new IllegalStateException("broken");
        self.setUncaughtExceptionHandler((_, thrown) -> reported.add(thrown));
        Runnable first =
                Metrics.onNamedChan(_ -> {
                    throw broken;
                });
        Runnable second = Metrics.onNamedChan(chan -> received.add(chan.get().name()));
        try {
            reported.clear(); // of the existing names
            Chan<Integer> chan = Chan.named("name with a failing listener", 1);
            chan.send(1);
            assertCounts("name with a failing listener", 1, 1, 0);
        } finally {
            first.run();
            second.run();
            self.setUncaughtExceptionHandler(null);
        }
        assertThat(reported).containsExactly(broken);
        assertThat(received).contains("name with a failing listener");
    }

    @Test
    void dumpsShowTheName() {
        Chan<Integer> chan = Chan.named("shown", 0);
        assertThat(chan.toString()).matches("chan \\d+ \"shown\" \\(0/0\\)");
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(chan::recvOk), WaitReason.CHAN_RECEIVE);
            assertThat(Go.stacks()).containsPattern("waits to receive from chan \\d+ \"shown\" \\(len 0");
            chan.close();
        }
    }

    @Test
    void canBeReadByJmx() throws Exception {
        Metrics.register();
        Metrics.register();
        var server = ManagementFactory.getPlatformMBeanServer();
        var remote = JMX.newMXBeanProxy(server, new ObjectName(Metrics.NAME), GoferMXBean.class);
        assertThat(remote.getScheduler()).isEqualTo(Go.scheduler().name());
        assertThat(remote.getGomaxprocs()).isEqualTo(Go.gomaxprocs(0));
        Chan<String> chan = Chan.named("by JMX", 1);
        chan.send("value");
        assertThat(remote.getNamedChans()).contains(new NamedChan("by JMX", 1, 1, 0, 0, 0, 0));
        assertThat(chan.recv()).isEqualTo("value");
        server.unregisterMBean(new ObjectName(Metrics.NAME));
    }
}
