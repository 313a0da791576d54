package gofer.micrometer;

import gofer.diagnostics.Metrics;
import gofer.diagnostics.NamedChan;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// A binder of [Metrics] to a Micrometer registry: `new GoferMetrics().bindTo(registry)`.
///
/// The meters are `gofer.goroutines` (by `state`), `gofer.goroutines.started`, `gofer.goroutines.leaked`, `gofer.gomaxprocs`,
/// `gofer.carriers` and `gofer.queued`. Gofer's scheduler adds `gofer.carriers.spare`, `gofer.carriers.parked`, `gofer.turns`,
/// `gofer.steals` and `gofer.takeovers`. Channels made by `Chan.named`, before or later, have meters with the tag `chan`:
/// `gofer.chan.len`, `gofer.chan.sent`, `gofer.chan.received`, `gofer.chan.dropped`, and `gofer.chan.blocked`, which also has
/// the tag `op` (`send` or `receive`).
///
/// Keeps a reference to each registry until it is closed, to add the meters of new channels.
public final class GoferMetrics implements MeterBinder, AutoCloseable {

    private final Metrics metrics = new Metrics();
    private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>(); // each stops listening for one registry

    /// Creates a binder for the goroutines of this process.
    public GoferMetrics() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        state(registry, "runnable", Metrics::getRunnable);
        state(registry, "waiting", Metrics::getWaiting);
        counter(registry, "gofer.goroutines.started", "Goroutines started so far", Metrics::getStarted);
        gauge(registry, "gofer.goroutines.leaked", "Goroutines found to have leaked", Metrics::getLeaked);
        gauge(registry, "gofer.gomaxprocs", "Goroutines that may run at the same time", Metrics::getGomaxprocs);
        gauge(registry, "gofer.carriers", "Carriers, whether they run a goroutine or not", Metrics::getCarriers);
        gauge(registry, "gofer.queued", "Goroutines that wait for a processor", Metrics::getQueued);
        if (metrics.getScheduler().equals("GOFER")) {
            gauge(registry, "gofer.carriers.spare", "Carriers without a processor", Metrics::getSpareCarriers);
            gauge(registry, "gofer.carriers.parked", "Carriers with nothing to do", Metrics::getParkedCarriers);
            counter(registry, "gofer.turns", "Turns of goroutines so far: starts and parks", Metrics::getTurns);
            counter(
                    registry,
                    "gofer.steals",
                    "Goroutines taken from the queue of another processor",
                    Metrics::getSteals);
            counter(registry, "gofer.takeovers", "Processors taken from a goroutine", Metrics::getTakeOvers);
        }
        ends.add(Metrics.onNamedChan(chan -> bind(registry, chan)));
    }

    /// Stops adding meters for new channels to all registries. Existing meters stay.
    @Override
    public void close() {
        for (Runnable end = ends.poll(); end != null; end = ends.poll()) {
            end.run();
        }
    }

    private static void bind(MeterRegistry registry, Supplier<NamedChan> chan) {
        String name = chan.get().name();
        Gauge.builder("gofer.chan.len", chan, now -> now.get().len())
                .tag("chan", name)
                .description("Values in the buffer")
                .strongReference(true)
                .register(registry);
        counter(registry, "gofer.chan.sent", name, "Values sent", chan, NamedChan::sent);
        counter(registry, "gofer.chan.received", name, "Values received", chan, NamedChan::received);
        counter(registry, "gofer.chan.dropped", name, "Values dropped", chan, NamedChan::dropped);
        blocked(registry, name, "send", chan, NamedChan::secondsToSend);
        blocked(registry, name, "receive", chan, NamedChan::secondsToReceive);
    }

    private static void counter(
            MeterRegistry registry,
            String meter,
            String name,
            String description,
            Supplier<NamedChan> chan,
            ToDoubleFunction<NamedChan> value) {
        FunctionCounter.builder(meter, chan, now -> value.applyAsDouble(now.get()))
                .tag("chan", name)
                .description(description)
                .register(registry);
    }

    private static void blocked(
            MeterRegistry registry,
            String name,
            String op,
            Supplier<NamedChan> chan,
            ToDoubleFunction<NamedChan> value) {
        FunctionCounter.builder("gofer.chan.blocked", chan, now -> value.applyAsDouble(now.get()))
                .tags("chan", name, "op", op)
                .baseUnit("seconds")
                .description("Time that goroutines were blocked on the channel")
                .register(registry);
    }

    private void state(MeterRegistry registry, String state, ToDoubleFunction<Metrics> value) {
        Gauge.builder("gofer.goroutines", metrics, value)
                .tag("state", state)
                .description("Goroutines that have not ended")
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
