import org.jspecify.annotations.NullMarked;

/// Tests of concurrent code: in virtual time, and under every schedule.
@NullMarked
@SuppressWarnings("module") // gofer.cli is built later
module gofer.testing {
    requires static org.jspecify; // annotations, for compilers that know them
    requires static java.instrument; // only if the library is an agent
    requires static org.junit.jupiter.api; // only with the annotations
    requires transitive gofer;

    exports gofer.testing;
    exports gofer.testing.junit;
    exports gofer.testing.agent to
            java.instrument, // which calls its Agent
            gofer.cli; // which gives points to what it compiles
}
