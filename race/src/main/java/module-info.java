/// The race detector for programs that run in parallel.
///
/// The agent of gofer.testing appends the classes to the bootstrap class path, where every class can see them.
@org.jspecify.annotations.NullMarked
module gofer.race {
    requires static org.jspecify;
    requires java.instrument;
}
