import org.jspecify.annotations.NullMarked;

/// Tests of concurrent code: in virtual time, and under every schedule.
@NullMarked
module gofer.testing {
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api; // only with the annotations
    requires transitive gofer;

    exports gofer.testing;
    exports gofer.testing.junit;
}
