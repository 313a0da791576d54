package gofer.sync;

/// What is held until it is closed, for try-with-resources: a lock, or permits of a semaphore.
///
/// Each lock has one, which every `lock()` returns: so locking allocates nothing.
@FunctionalInterface
public interface Held extends AutoCloseable {

    /// Unlocks, or releases.
    @Override
    void close();
}
