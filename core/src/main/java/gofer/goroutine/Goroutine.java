package gofer.goroutine;

import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.G;

/// A function that runs concurrently with others in the same address space.
///
/// `Go.go` returns this handle. It is for inspection, not for control: to stop a goroutine, close a channel or cancel a
/// context. The returned values are snapshots and may already be out of date.
///
/// **Go:** Go has no public handle for goroutines. The terms here are those of its stack dumps.
@CheckReturnValue
public sealed interface Goroutine permits G {

    /// The execution state of a goroutine.
    enum State {
        /// Running, or ready to run.
        RUNNABLE,
        /// Asleep until an event; [#waitReason] returns the kind of event.
        WAITING,
        /// Ended: the body has returned, thrown, or called `Go.goexit`.
        ENDED
    }

    /// Returns the goroutine's number, which is unique in this process. The main goroutine is number 1.
    long id();

    /// Returns the name given to `Go.go`, or the empty string.
    String name();

    /// Returns whether it runs, waits, or has ended.
    State state();

    /// Returns why it waits, or [WaitReason#NONE] unless it is [State#WAITING].
    WaitReason waitReason();

    /// Returns the place where the program started it: class, method, file and line, as in a stack trace.
    String createdAt();

    /// Returns the virtual thread that runs it, for tools and for [Thread#interrupt].
    Thread thread();
}
