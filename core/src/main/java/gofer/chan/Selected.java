package gofer.chan;

/// The result of a select: which arm was chosen, and the result of its operation.
///
/// A `switch` over a result has a case for each of [First] to [Sixth] and, after `trySelect`, for [Default]. The
/// compiler checks that no arm is missing. Name one of these types only where a method passes a result on.
public interface Selected {

    /// A select of one arm.
    sealed interface Of1<A> extends OrDefault1<A> permits First {}

    /// A `trySelect` of one arm.
    sealed interface OrDefault1<A> permits Of1, Default {}

    /// A select among two arms.
    sealed interface Of2<A, B> extends OrDefault2<A, B> permits First, Second {}

    /// A `trySelect` among two arms.
    sealed interface OrDefault2<A, B> permits Of2, Default {}

    /// A select among three arms.
    sealed interface Of3<A, B, C> extends OrDefault3<A, B, C> permits First, Second, Third {}

    /// A `trySelect` among three arms.
    sealed interface OrDefault3<A, B, C> permits Of3, Default {}

    /// A select among four arms.
    sealed interface Of4<A, B, C, D> extends OrDefault4<A, B, C, D> permits First, Second, Third, Fourth {}

    /// A `trySelect` among four arms.
    sealed interface OrDefault4<A, B, C, D> permits Of4, Default {}

    /// A select among five arms.
    sealed interface Of5<A, B, C, D, E> extends OrDefault5<A, B, C, D, E> permits First, Second, Third, Fourth, Fifth {}

    /// A `trySelect` among five arms.
    sealed interface OrDefault5<A, B, C, D, E> permits Of5, Default {}

    /// A select among six arms.
    sealed interface Of6<A, B, C, D, E, F> extends OrDefault6<A, B, C, D, E, F>
            permits First, Second, Third, Fourth, Fifth, Sixth {}

    /// A `trySelect` among six arms.
    sealed interface OrDefault6<A, B, C, D, E, F> permits Of6, Default {}
}
