package gofer.runtime;

/// How a lock names the thread that holds it: by the lower half of the thread's id.
final class HolderId {

    private HolderId() {}

    static long of(Thread thread) {
        return thread.threadId() & 0xFFFF_FFFFL;
    }
}
