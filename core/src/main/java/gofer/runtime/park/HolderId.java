package gofer.runtime.park;

/// How a lock names the thread that holds it: by the lower half of the thread's id.
public final class HolderId {

    private HolderId() {}

    public static long of(Thread thread) {
        return thread.threadId() & 0xFFFF_FFFFL;
    }
}
