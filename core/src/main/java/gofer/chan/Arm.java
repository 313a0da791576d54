package gofer.chan;

import gofer.chan.flavor.OpArm;

/// One of the operations among which a select chooses: a channel, to receive from it, [SendChan#sending], or the
/// acquisition of a semaphore.
///
/// @param <R> the type of the operation's result: [Received], [Sent], or that of the acquisition
public sealed interface Arm<R> permits RecvChan, SendArm, OpArm {}
