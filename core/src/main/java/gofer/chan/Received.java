package gofer.chan;

/// What a receive yields: a [Value], or [Closed].
///
/// **Go:** `v, ok := <-c`.
public sealed interface Received<T> extends Polled<T> permits Value, Closed {}
