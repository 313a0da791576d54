/// The Java half of the `gofer` launcher. Nothing is exported: people type `./gofer`.
@org.jspecify.annotations.NullMarked
module gofer.cli {
    requires gofer;
    requires gofer.testing;
    requires jdk.attach;
    requires jdk.compiler;
    requires jdk.jfr;
    requires static java.instrument; // for the agent, which is a jar of its own
    requires static org.jspecify;
}
