package gofer.goroutine;

/// The reason why a goroutine waits. The text is the one that Go prints in its dumps.
///
/// **Go:** `waitReason` in `runtime/runtime2.go`.
public enum WaitReason {
    /// It is not waiting.
    NONE(""),
    /// `recv` on an empty channel.
    CHAN_RECEIVE("chan receive"),
    /// `recv` on a channel that is never ready.
    CHAN_RECEIVE_NEVER("chan receive (nil chan)"),
    /// `send` on a full channel.
    CHAN_SEND("chan send"),
    /// `send` on a channel that is never ready.
    CHAN_SEND_NEVER("chan send (nil chan)"),
    /// `select` while no arm is ready.
    SELECT("select"),
    /// `block()`, or a `select` in which no arm can ever be ready.
    SELECT_NO_CASES("select (no cases)"),
    /// `sleep`.
    SLEEP("sleep"),
    /// `Mutex.lock`.
    MUTEX_LOCK("sync.Mutex.Lock"),
    /// `RWMutex.rLock`.
    RWMUTEX_RLOCK("sync.RWMutex.RLock"),
    /// `RWMutex.lock`.
    RWMUTEX_LOCK("sync.RWMutex.Lock"),
    /// `WaitGroup.await`.
    WAIT_GROUP_WAIT("sync.WaitGroup.Wait"),
    /// `Cond.await`.
    COND_WAIT("sync.Cond.Wait"),
    /// `Weighted.acquire`.
    SEMAPHORE_ACQUIRE("semaphore.Weighted.Acquire"),
    /// Something outside Gofer: I/O, a Java lock, `Thread.sleep`.
    OTHER("waiting");

    private final String text;

    WaitReason(String text) {
        this.text = text;
    }

    /// Returns Go's text for it.
    @Override
    public String toString() {
        return text;
    }
}
