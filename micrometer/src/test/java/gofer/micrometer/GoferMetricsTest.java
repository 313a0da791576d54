package gofer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Overflow;
import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class GoferMetricsTest {

    @Test
    void metersShowTheNumbersOfGoroutines() {
        var registry = new SimpleMeterRegistry();
        new GoferMetrics().bindTo(registry);
        double started = registry.get("gofer.goroutines.started").functionCounter().count();
        Chan<Integer> end = Chan.make();
        Goroutine waiter = Go.go(end::recvOk);
        while (waiter.waitReason()
                != WaitReason.CHAN_RECEIVE) { // not by its state: it may also wait for the loading of a class
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
    void schedulerMetersExistOnlyOnGofersScheduler() {
        var registry = new SimpleMeterRegistry();
        new GoferMetrics().bindTo(registry);
        assertThat(registry.find("gofer.steals").functionCounter() != null)
                .isEqualTo(Go.scheduler() == Scheduler.GOFER);
    }

    @Test
    void namedChannelsAreCounted() {
        Chan<Integer> early = Chan.named("early", 2);
        var registry = new SimpleMeterRegistry();
        new GoferMetrics().bindTo(registry);
        Chan<Integer> late = Chan.named("late", 2);
        early.send(1);
        late.send(1);
        late.send(2);
        late.recv();
        assertThat(registry.get("gofer.chan.sent").tag("chan", "early").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("gofer.chan.sent").tag("chan", "late").functionCounter().count()).isEqualTo(2);
        assertThat(registry.get("gofer.chan.received").tag("chan", "late").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("gofer.chan.len").tag("chan", "late").gauge().value()).isEqualTo(1);
        Goroutine sender =
                Go.go(() -> {
                    late.send(3);
                    late.send(4);
                });
        while (sender.waitReason() != WaitReason.CHAN_SEND) {
            Go.gosched();
        }
        late.recv();
        while (sender.state() != Goroutine.State.ENDED) {
            Go.gosched();
        }
        var blocked = registry.get("gofer.chan.blocked").tag("chan", "late");
        assertThat(blocked.tag("op", "send").functionCounter().count()).isPositive();
        assertThat(early.len() + late.len()).isEqualTo(3);
    }

    @Test
    void droppedValuesAreCounted() {
        var registry = new SimpleMeterRegistry();
        new GoferMetrics().bindTo(registry);
        Chan<Integer> latest = Chan.named("latest", 1, Overflow.DROP_OLDEST);
        latest.send(1);
        latest.send(2);
        latest.send(3);
        assertThat(registry.get("gofer.chan.dropped").tag("chan", "latest").functionCounter().count()).isEqualTo(2);
        assertThat(registry.get("gofer.chan.sent").tag("chan", "latest").functionCounter().count()).isEqualTo(3);
        assertThat(latest.len()).isOne();
    }

    @Test
    void closeStopsAddingChannels() {
        var registry = new SimpleMeterRegistry();
        try (var metrics = new GoferMetrics()) {
            metrics.bindTo(registry);
            var _ = Chan.named("in time", 1);
        }
        var _ = Chan.named("too late", 1);
        assertThat(registry.find("gofer.chan.len").tag("chan", "in time").gauge()).isNotNull();
        assertThat(registry.find("gofer.chan.len").tag("chan", "too late").gauge()).isNull();
    }
}
