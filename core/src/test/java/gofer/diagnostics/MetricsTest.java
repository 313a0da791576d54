package gofer.diagnostics;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import java.lang.management.ManagementFactory;
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
    void tellsOfTheScheduler() {
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

    /// With two processors one helps itself sooner or later.
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

    @Test
    void canBeReadByJmx() throws Exception {
        Metrics.register();
        Metrics.register();
        var server = ManagementFactory.getPlatformMBeanServer();
        var remote = JMX.newMXBeanProxy(server, new ObjectName(Metrics.NAME), GoferMXBean.class);
        assertThat(remote.getScheduler()).isEqualTo(Go.scheduler().name());
        assertThat(remote.getGomaxprocs()).isEqualTo(Go.gomaxprocs(0));
        server.unregisterMBean(new ObjectName(Metrics.NAME));
    }
}
