import org.jspecify.annotations.NullMarked;

/// Tests of concurrent code, in virtual time and under many schedules.
@NullMarked
@SuppressWarnings("module") // gofer.cli is built later
module gofer.testing {
    requires static org.jspecify; // annotations for compilers that read them
    requires static java.instrument; // needed only if the library is an agent
    requires static org.junit.jupiter.api; // needed only for the annotations
    requires transitive gofer;

    exports gofer.testing;
    exports gofer.testing.junit;
    exports gofer.testing.agent to
            java.instrument, // calls its Agent
            gofer.cli; // adds scheduling points to the classes that it compiles
}
