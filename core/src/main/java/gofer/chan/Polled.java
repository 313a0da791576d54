package gofer.chan;

/// The result of a receive that does not wait: a [Value], [Closed], or [Empty].
///
/// **Go:** a `select` with one receive and a `default`.
public sealed interface Polled<T> permits Received, Empty {}
