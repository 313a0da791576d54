package gofer.chan;

/// One of the operations among which a select chooses: a channel, to receive from it, or [SendChan#sending].
///
/// @param <R> the type of the operation's result: [Received] or [Sent]
public sealed interface Arm<R> permits RecvChan, SendArm {}
