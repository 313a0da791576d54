import org.jspecify.annotations.NullMarked;

/// Go's concurrency for Java: goroutines, channels, `select`, `sync`, `time`, `context`, `errgroup`, `signal`.
///
/// `import module gofer;` imports every type, `import static gofer.Go.*;` the functions.
@NullMarked
@SuppressWarnings("module") // gofer.testing is built later
module gofer {
    requires transitive java.base; // so that `import module gofer;` imports List, Duration and the like, too
    requires static org.jspecify; // annotations, for compilers that support them
    requires java.instrument; // without it in an image, no tool could attach
    requires static jdk.jfr; // only if the JVM has a flight recorder
    requires jdk.management;
    requires jdk.unsupported; // its sun.misc.Signal is the only access to signals

    exports gofer;
    exports gofer.chan;
    exports gofer.context;
    exports gofer.diagnostics;
    exports gofer.goroutine;
    exports gofer.group;
    exports gofer.interop;
    exports gofer.pipeline;
    exports gofer.signal;
    exports gofer.sync;
    exports gofer.time;
    exports gofer.trace;
    exports gofer.runtime.program to
            java.instrument; // it calls the Agent
    exports gofer.runtime.base to
            gofer.cli, // for its JSON
            gofer.testing;
    exports gofer.runtime.chan to
            gofer.testing;
    exports gofer.runtime.goroutine to
            gofer.testing;
    exports gofer.runtime.park to
            gofer.testing;
    exports gofer.runtime.watch to
            gofer.testing; // it implements worlds
}
