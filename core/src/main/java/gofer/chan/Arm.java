package gofer.chan;

/// One of the operations between which a select chooses: a channel, to receive from it, or [SendChan#sending].
///
/// @param <R> what the operation yields: [Received] or [Sent]
public sealed interface Arm<R> permits RecvChan, SendArm {}
