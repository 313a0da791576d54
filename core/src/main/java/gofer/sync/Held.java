package gofer.sync;

/// A held lock, or held permits of a semaphore, to be released by try-with-resources.
///
/// Every `lock()` of a lock returns the same object, so locking does not allocate.
@FunctionalInterface
public interface Held extends AutoCloseable {

    /// Unlocks the lock, or releases the permits.
    @Override
    void close();
}
