/// Carries context into goroutines with Micrometer's library context-propagation.
@org.jspecify.annotations.NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // the library has no module-info
module gofer.context.propagation {
    requires transitive gofer;
    requires transitive context.propagation;
    requires static org.jspecify;

    exports gofer.context.propagation;
}
