package gofer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class GoferMetricsTest {

    @Test
    void theNumbersAreThoseOfTheGoroutines() {
        var registry = new SimpleMeterRegistry();
        new GoferMetrics().bindTo(registry);
        double started = registry.get("gofer.goroutines.started").functionCounter().count();
        Chan<Integer> end = Chan.make();
        Goroutine waiter = Go.go(end::recvOk);
        while (waiter.state() != Goroutine.State.WAITING) {
            Go.gosched();
        }
        assertThat(registry.get("gofer.goroutines").tag("state", "waiting").gauge().value()).isEqualTo(1);
        assertThat(registry.get("gofer.goroutines.started").functionCounter().count()).isEqualTo(started + 1);
        assertThat(registry.get("gofer.goroutines.leaked").gauge().value()).isZero();
        assertThat(registry.get("gofer.gomaxprocs").gauge().value()).isEqualTo(Go.gomaxprocs(0));
        assertThat(registry.get("gofer.carriers").gauge().value()).isPositive();
        end.close();
        while (waiter.state() != Goroutine.State.ENDED) {
            Go.gosched();
        }
        assertThat(registry.get("gofer.goroutines").tag("state", "waiting").gauge().value()).isZero();
    }

    @Test
    void whatOnlyOneSchedulerKnowsIsOnlyThere() {
        var registry = new SimpleMeterRegistry();
        new GoferMetrics().bindTo(registry);
        assertThat(registry.find("gofer.steals").functionCounter() != null)
                .isEqualTo(Go.scheduler() == Scheduler.GOFER);
    }
}
