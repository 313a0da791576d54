package gofer.chan;

/// The first arm of a select was chosen; `result` is its result: [Received] or [Sent].
public record First<A, B, C, D, E, F>(A result)
        implements Selected.Of1<A>,
                Selected.Of2<A, B>,
                Selected.Of3<A, B, C>,
                Selected.Of4<A, B, C, D>,
                Selected.Of5<A, B, C, D, E>,
                Selected.Of6<A, B, C, D, E, F> {}
