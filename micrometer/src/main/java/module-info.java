/// Metrics of goroutines for Micrometer, and through it for Prometheus, OpenTelemetry and others.
@org.jspecify.annotations.NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no module-info
module gofer.micrometer {
    requires gofer;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports gofer.micrometer;
}
