package gofer.chan;

/// The third arm of a select was chosen; `result` is its result: [Received] or [Sent].
public record Third<A, B, C, D, E, F>(C result)
        implements Selected.Of3<A, B, C>,
                Selected.Of4<A, B, C, D>,
                Selected.Of5<A, B, C, D, E>,
                Selected.Of6<A, B, C, D, E, F> {}
