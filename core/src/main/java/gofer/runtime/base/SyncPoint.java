package gofer.runtime.base;

/// What a goroutine does to something that others use too: the points at which a [World] may let others go first.
public enum SyncPoint {
    /// to a channel
    SEND("send to"),
    /// from a channel
    RECV("receive from"),
    /// if there is room
    TRY_SEND("try to send to"),
    /// if there is a value
    TRY_RECV("try to receive from"),
    /// of a channel
    CLOSE("close"),
    /// over channels
    SELECT("select"),
    /// with a default
    TRY_SELECT("try to select"),
    /// for writing
    LOCK("lock"),
    /// if it is free
    TRY_LOCK("try to lock"),
    /// for writing
    UNLOCK("unlock"),
    /// for reading
    R_LOCK("read-lock"),
    /// if no writer is there
    TRY_R_LOCK("try to read-lock"),
    /// for reading
    R_UNLOCK("read-unlock"),
    /// of a semaphore
    ACQUIRE("acquire permits of"),
    /// of a semaphore, if they are available
    TRY_ACQUIRE("try to acquire permits of"),
    /// to a semaphore
    RELEASE("release permits of"),
    /// to a wait group
    ADD("add to"),
    /// for a wait group or a condition
    AWAIT("wait for"),
    /// of a condition
    SIGNAL("signal"),
    /// of a condition
    BROADCAST("broadcast"),
    /// of a timer
    STOP("stop"),
    /// of a timer
    RESET("reset"),
    /// of a context
    CANCEL("cancel"),
    /// to a context: a function that is to run after its end
    AFTER("add a function to"),
    /// from a pool
    GET("get from"),
    /// into a pool
    PUT("put into"),
    /// from the clock, of when something is due
    SLEEP("sleep"),
    /// likewise
    TIMER("set a timer"),
    /// to something that is none of ours
    ACCESS("access"),
    /// a field or an element
    READ("read"),
    /// a field or an element
    WRITE("write"),
    /// a method of the JDK, on an object that others may share
    CALL("call"),
    /// of Java's, by `synchronized`
    ENTER("enter monitor of"),
    /// of Java's
    EXIT("exit monitor of"),
    /// to be notified, as `Object.wait`
    WAIT("wait on"),
    /// as `Object.notify`
    NOTIFY("notify on"),
    /// as `Object.notifyAll`
    NOTIFY_ALL("notifyAll on"),
    /// a thread
    INTERRUPT("interrupt"),
    /// the turn
    YIELD("yield"),
    /// at a context or a channel, changing nothing
    LOOK("look at"),
    /// at goroutines, which every operation may change
    INSPECT("inspect"),
    /// of a call that shares its work, if others make it too
    SHARE("run in"),
    /// of the same: the work is done
    PUBLISH("end the work in"),
    /// of the same: a key
    FORGET("forget in"),
    /// of a group, with an exception
    FAIL("fail in"),
    /// of a group: how many may run
    LIMIT("limit");

    private final String text;

    SyncPoint(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
