package gofer.context.propagation;

import gofer.Go;
import gofer.goroutine.Carrier;
import gofer.goroutine.Goexit;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.slf4j.MDC;

/// The code of docs/context-propagation.md that needs libraries.
final class Recipes {

    private Recipes() {}

    static Carrier.Registration mdc() {
        // @start region="mdc"
        Carrier mdc =
                () -> {
                    var entries = MDC.getCopyOfContextMap();
                    if (entries == null) return null;
                    return body -> {
                        MDC.setContextMap(entries);
                        try {
                            body.run();
                        } finally {
                            MDC.clear();
                        }
                    };
                };
        // @end
        return Go.carry(mdc);
    }

    static Carrier.Registration openTelemetry() {
        // @start region="opentelemetry"
        Carrier trace =
                () -> {
                    var context = Context.current();
                    return body -> {
                        try (var _ = context.makeCurrent()) {
                            body.run();
                        }
                    };
                };
        // @end
        return Go.carry(trace);
    }

    static Carrier.Registration spans(Tracer tracer) {
        // @start region="spans"
        Carrier spans =
                () ->
                        body -> {
                            String name = Thread.currentThread().getName(); // the name that was given to go
                            if (name.isEmpty()) {
                                body.run();
                                return;
                            }
                            Span span = tracer.spanBuilder(name).startSpan();
                            try (var _ = span.makeCurrent()) {
                                body.run();
                            } catch (Goexit ended) {
                                throw ended;
                            } catch (Throwable failed) {
                                span.recordException(failed).setStatus(StatusCode.ERROR);
                                throw failed;
                            } finally {
                                span.end();
                            }
                        };
        // @end
        return Go.carry(spans);
    }

    static Carrier.Registration micrometer() {
        // @start region="micrometer"
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
        var registration = Go.carry(new ContextSnapshotCarrier());
        // @end
        return registration;
    }
}
