package gofer.chan;

/// The fourth arm of a select was chosen; `result` is its result: [Received] or [Sent].
public record Fourth<A, B, C, D, E, F>(D result)
        implements Selected.Of4<A, B, C, D>, Selected.Of5<A, B, C, D, E>, Selected.Of6<A, B, C, D, E, F> {}
