package gofer.context.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.group.ErrGroup;
import gofer.group.ResultGroup;
import gofer.sync.WaitGroup;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The recipe that starts a span for each goroutine that has a name.
class SpansTest {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider =
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
    private final Tracer tracer = provider.get("test");
    private Carrier.Registration trace = () -> {};
    private Carrier.Registration spans = () -> {};

    @BeforeEach
    void register() {
        trace = Recipes.openTelemetry();
        spans = Recipes.spans(tracer);
    }

    @AfterEach
    void remove() {
        spans.close();
        trace.close();
        provider.close();
    }

    @Test
    void parentIsTheSpanOfTheStarter() {
        var wg = new WaitGroup();
        within(() -> {
            wg.go("outer", () -> wg.go("inner", () -> {}));
            wg.go("other", () -> {});
            wg.await();
        });
        assertThat(exporter.getFinishedSpanItems()).hasSize(4);
        assertThat(span("outer").getParentSpanId()).isEqualTo(span("request").getSpanId());
        assertThat(span("other").getParentSpanId()).isEqualTo(span("request").getSpanId());
        assertThat(span("inner").getParentSpanId()).isEqualTo(span("outer").getSpanId());
        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .containsOnly(span("request").getTraceId());
    }

    @Test
    void goroutineWithoutNamePassesTheSpanOn() {
        var wg = new WaitGroup();
        within(() -> {
            wg.go(() -> wg.go("inner", () -> {}));
            wg.await();
        });
        assertThat(exporter.getFinishedSpanItems()).hasSize(2);
        assertThat(span("inner").getParentSpanId()).isEqualTo(span("request").getSpanId());
    }

    @Test
    void failureIsRecordedAndStillArrives() {
        var broken = new IllegalStateException("broken");
        var group = new ErrGroup();
        group.go(
                "failing",
                () -> {
                    throw broken;
                });
        assertThatThrownBy(group::await).isSameAs(broken);
        assertThat(span("failing").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("failing").getEvents()).singleElement().extracting("name").isEqualTo("exception");
    }

    @Test
    void goexitEndsTheSpanWithoutError() {
        var wg = new WaitGroup();
        wg.go("leaving", Go::goexit);
        wg.await();
        assertThat(span("leaving").getStatus()).isEqualTo(StatusData.unset());
        assertThat(span("leaving").getEvents()).isEmpty();
    }

    /// A span around a group is the parent of the spans of its tasks.
    @Test
    void spanOfAGroupIsTheParentOfItsTasks() {
        var group = new ResultGroup<Integer>();
        within(() -> {
            group.go("one", _ -> 1);
            group.go("two", _ -> 2);
            assertThat(group.await()).containsExactly(1, 2);
        });
        assertThat(List.of(span("one"), span("two")))
                .extracting(SpanData::getParentSpanId)
                .containsOnly(span("request").getSpanId());
    }

    /// Runs `block` within the span "request".
    private void within(Body block) {
        Span span = tracer.spanBuilder("request").startSpan();
        try (var _ = span.makeCurrent()) {
            block.run();
        } catch (Throwable failed) {
            throw new AssertionError(failed);
        } finally {
            span.end();
        }
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findAny()
                .orElseThrow();
    }
}
