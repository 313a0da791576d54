package gofer.chan;

/// The sixth arm of a select was chosen; `result` is its result: [Received] or [Sent].
public record Sixth<A, B, C, D, E, F>(F result) implements Selected.Of6<A, B, C, D, E, F> {}
