package gofer.chan;

/// The fifth arm of a select was chosen; `result` is its result: [Received] or [Sent].
public record Fifth<A, B, C, D, E, F>(E result)
        implements Selected.Of5<A, B, C, D, E>, Selected.Of6<A, B, C, D, E, F> {}
