package gofer.runtime.park;

/// The id by which a lock names the thread that holds it: the lower half of the thread's id.
public final class HolderId {

    private HolderId() {}

    public static long of(Thread thread) {
        return thread.threadId() & 0xFFFF_FFFFL;
    }
}
