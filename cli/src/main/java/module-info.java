/// The Java part of the `gofer` launcher. Nothing is exported to users, who type `./gofer`.
@org.jspecify.annotations.NullMarked
module gofer.cli {
    requires gofer;
    requires gofer.testing;
    requires gofer.vet;
    requires java.instrument;
    requires jdk.attach;
    requires jdk.compiler;
    requires jdk.jfr;
    requires static org.jspecify;

    exports gofer.attach to
            java.instrument; // calls its Agent
}
