package gofer.chan;

/// What a receive that does not wait yields: a [Value], [Closed], or [Empty].
///
/// **Go:** a `select` with one receive and a `default`.
public sealed interface Polled<T> permits Received, Empty {}
