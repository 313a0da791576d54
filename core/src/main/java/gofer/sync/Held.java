package gofer.sync;

/// A lock that is held, for try-with-resources: closing it unlocks.
///
/// Each lock has one, which every `lock()` returns: so locking allocates nothing.
@FunctionalInterface
public interface Held extends AutoCloseable {

    /// Unlocks.
    @Override
    void close();
}
