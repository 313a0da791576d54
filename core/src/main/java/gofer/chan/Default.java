package gofer.chan;

/// No arm of a `trySelect` was ready.
public record Default<A, B, C, D, E, F>()
        implements Selected.OrDefault1<A>,
                Selected.OrDefault2<A, B>,
                Selected.OrDefault3<A, B, C>,
                Selected.OrDefault4<A, B, C, D>,
                Selected.OrDefault5<A, B, C, D, E>,
                Selected.OrDefault6<A, B, C, D, E, F> {}
