package gofer.chan;

/// The second arm of a select was chosen; `result` is its result: [Received] or [Sent].
public record Second<A, B, C, D, E, F>(B result)
        implements Selected.Of2<A, B>,
                Selected.Of3<A, B, C>,
                Selected.Of4<A, B, C, D>,
                Selected.Of5<A, B, C, D, E>,
                Selected.Of6<A, B, C, D, E, F> {}
