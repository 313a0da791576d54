package gofer.chan;

/// What happens to a value that is sent when the buffer of the channel is full. It is an argument of [Chan#make(int,
/// Overflow)]. On a channel made without one, the sender waits.
///
/// {@snippet file="snippets/Overflows.java" region="kinds"}
///
/// A send on a channel that drops values never waits. Values still in the buffer stay in the order in which they were
/// sent. For the number of dropped values, see [gofer.diagnostics.NamedChan#dropped] and the dumps.
///
/// **Go:** has no such channels. Kotlin has `BufferOverflow`.
public enum Overflow {

    /// The oldest value in the buffer is dropped. With a capacity of 1, a receiver gets the latest value, and misses those
    /// before it.
    DROP_OLDEST,

    /// The value that is sent is dropped. Then [SendChan#trySend] returns false; [SendChan#send] and a select behave as
    /// if it had been sent.
    DROP_LATEST
}
