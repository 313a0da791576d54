package gofer.runtime.base;

/// The operations of goroutines on shared objects: the scheduling points at which a [World] may run another goroutine
/// first.
public enum SyncPoint {
    /// A send to a channel.
    SEND("send to"),
    /// A receive from a channel.
    RECV("receive from"),
    /// A send without waiting.
    TRY_SEND("try to send to"),
    /// A receive without waiting.
    TRY_RECV("try to receive from"),
    /// The close of a channel.
    CLOSE("close"),
    /// A select over channels.
    SELECT("select"),
    /// A select with a default.
    TRY_SELECT("try to select"),
    /// A lock for writing, or of a mutex.
    LOCK("lock"),
    /// A lock without waiting.
    TRY_LOCK("try to lock"),
    /// An unlock for writing, or of a mutex.
    UNLOCK("unlock"),
    /// A lock for reading.
    R_LOCK("read-lock"),
    /// A lock for reading, without waiting.
    TRY_R_LOCK("try to read-lock"),
    /// An unlock for reading.
    R_UNLOCK("read-unlock"),
    /// An acquire of permits of a semaphore.
    ACQUIRE("acquire permits of"),
    /// An acquire of permits without waiting.
    TRY_ACQUIRE("try to acquire permits of"),
    /// A release of permits of a semaphore.
    RELEASE("release permits of"),
    /// A change of the count of a wait group.
    ADD("add to"),
    /// A wait for a wait group or a condition.
    AWAIT("wait for"),
    /// A signal of a condition.
    SIGNAL("signal"),
    /// A broadcast of a condition.
    BROADCAST("broadcast"),
    /// The stop of a timer.
    STOP("stop"),
    /// The reset of a timer.
    RESET("reset"),
    /// The cancellation of a context.
    CANCEL("cancel"),
    /// The registration of a function that runs after the end of a context.
    AFTER("add a function to"),
    /// A get from a pool.
    GET("get from"),
    /// A put into a pool.
    PUT("put into"),
    /// A sleep until a time of the clock.
    SLEEP("sleep"),
    /// The setting of a timer.
    TIMER("set a timer"),
    /// An access to an object that does not belong to Gofer.
    ACCESS("access"),
    /// A read of a field or an array element.
    READ("read"),
    /// A write of a field or an array element.
    WRITE("write"),
    /// A call of a JDK method on an object that may be shared.
    CALL("call"),
    /// The entry of a Java monitor, by `synchronized`.
    ENTER("enter monitor of"),
    /// The exit of a Java monitor.
    EXIT("exit monitor of"),
    /// A call of `Object.wait`.
    WAIT("wait on"),
    /// A call of `Object.notify`.
    NOTIFY("notify on"),
    /// A call of `Object.notifyAll`.
    NOTIFY_ALL("notifyAll on"),
    /// The interrupt of a thread.
    INTERRUPT("interrupt"),
    /// A yield.
    YIELD("yield"),
    /// A read of the state of a context or a channel.
    LOOK("look at"),
    /// A read of the state of goroutines, which every operation may change.
    INSPECT("inspect"),
    /// A call to a single flight, which shares its work with concurrent calls.
    SHARE("run in"),
    /// The end of the work of a single flight, or a result that may be the first of a group.
    PUBLISH("end the work in"),
    /// The removal of a key from a single flight.
    FORGET("forget in"),
    /// A failure in a group.
    FAIL("fail in"),
    /// A change of the limit of a group.
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
