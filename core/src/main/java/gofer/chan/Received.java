package gofer.chan;

/// The result of a receive: a [Value] or [Closed].
///
/// **Go:** `v, ok := <-c`.
public sealed interface Received<T> extends Polled<T> permits Value, Closed {}
