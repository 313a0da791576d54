package gofer.micrometer;

import gofer.diagnostics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// Binds the numbers of [Metrics] to a registry of Micrometer's: `new GoferMetrics().bindTo(registry)`.
///
/// Their names are `gofer.goroutines` (by `state`), `gofer.goroutines.started`, `gofer.goroutines.leaked`,
/// `gofer.gomaxprocs`, `gofer.carriers` and `gofer.queued`; on Gofer's scheduler also `gofer.carriers.spare`,
/// `gofer.carriers.parked`, `gofer.steals` and `gofer.takeovers`.
public final class GoferMetrics implements MeterBinder {

    private final Metrics metrics = new Metrics();

    /// For the goroutines of this process.
    public GoferMetrics() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        state(registry, "runnable", Metrics::getRunnable);
        state(registry, "waiting", Metrics::getWaiting);
        counter(registry, "gofer.goroutines.started", "Goroutines started so far", Metrics::getStarted);
        gauge(registry, "gofer.goroutines.leaked", "Goroutines found to have leaked", Metrics::getLeaked);
        gauge(registry, "gofer.gomaxprocs", "Goroutines that may run at the same time", Metrics::getGomaxprocs);
        gauge(registry, "gofer.carriers", "Threads that run goroutines, or may", Metrics::getCarriers);
        gauge(registry, "gofer.queued", "Goroutines that wait for a processor", Metrics::getQueued);
        if (metrics.getScheduler().equals("GOFER")) {
            gauge(registry, "gofer.carriers.spare", "Carriers without a processor", Metrics::getSpareCarriers);
            gauge(registry, "gofer.carriers.parked", "Carriers with nothing to do", Metrics::getParkedCarriers);
            counter(registry, "gofer.steals", "Goroutines taken from another's queue", Metrics::getSteals);
            counter(registry, "gofer.takeovers", "Processors taken from a goroutine", Metrics::getTakeOvers);
        }
    }

    private void state(MeterRegistry registry, String state, ToDoubleFunction<Metrics> value) {
        Gauge.builder("gofer.goroutines", metrics, value)
                .tag("state", state)
                .description("Goroutines that live")
                .strongReference(true)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Metrics> value) {
        Gauge.builder(name, metrics, value).description(description).strongReference(true).register(registry);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<Metrics> value) {
        FunctionCounter.builder(name, metrics, value).description(description).register(registry);
    }
}
