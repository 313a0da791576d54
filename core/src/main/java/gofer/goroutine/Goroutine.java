package gofer.goroutine;

import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.G;

/// A function that runs concurrently with others in the same address space.
///
/// `Go.go` returns one. It is a handle to look at, not to steer: goroutines are stopped by closing a channel or
/// cancelling a context. Every answer is a snapshot that may be out of date when it arrives.
///
/// **Go:** goroutines have no public handle in Go; the words here are those of its stack dumps.
@CheckReturnValue
public sealed interface Goroutine permits G {

    /// Whether a goroutine can run.
    enum State {
        /// Running, or ready to run.
        RUNNABLE,
        /// Asleep until something happens; [#waitReason] says what it waits for.
        WAITING,
        /// Over: its body has returned, thrown, or called `Go.goexit`.
        ENDED
    }

    /// A number that no other goroutine of this process has or had. The main goroutine is 1.
    long id();

    /// The name given to `Go.go`, or the empty string.
    String name();

    /// Whether it runs, waits, or has ended.
    State state();

    /// What it waits for; [WaitReason#NONE] unless it is [State#WAITING].
    WaitReason waitReason();

    /// Where the program started it: class, method, file and line, as in a stack trace.
    String createdAt();

    /// The thread that carries it, a virtual one, for tools and for [Thread#interrupt].
    Thread thread();
}
