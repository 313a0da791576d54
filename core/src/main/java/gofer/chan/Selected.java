package gofer.chan;

/// The results of select: which arm was chosen, and what it yielded.
///
/// A `switch` over one takes [First] to [Sixth] apart, and, for `trySelect`, [Default]; the compiler sees to it that no
/// arm is forgotten. These types have to be named only by a method that passes a result on.
public interface Selected {

    /// A select of one arm.
    sealed interface Of1<A> extends OrDefault1<A> permits First {}

    /// A `trySelect` of one arm.
    sealed interface OrDefault1<A> permits Of1, Default {}

    /// A select between two arms.
    sealed interface Of2<A, B> extends OrDefault2<A, B> permits First, Second {}

    /// A `trySelect` between two arms.
    sealed interface OrDefault2<A, B> permits Of2, Default {}

    /// A select between three arms.
    sealed interface Of3<A, B, C> extends OrDefault3<A, B, C> permits First, Second, Third {}

    /// A `trySelect` between three arms.
    sealed interface OrDefault3<A, B, C> permits Of3, Default {}

    /// A select between four arms.
    sealed interface Of4<A, B, C, D> extends OrDefault4<A, B, C, D> permits First, Second, Third, Fourth {}

    /// A `trySelect` between four arms.
    sealed interface OrDefault4<A, B, C, D> permits Of4, Default {}

    /// A select between five arms.
    sealed interface Of5<A, B, C, D, E> extends OrDefault5<A, B, C, D, E> permits First, Second, Third, Fourth, Fifth {}

    /// A `trySelect` between five arms.
    sealed interface OrDefault5<A, B, C, D, E> permits Of5, Default {}

    /// A select between six arms.
    sealed interface Of6<A, B, C, D, E, F> extends OrDefault6<A, B, C, D, E, F>
            permits First, Second, Third, Fourth, Fifth, Sixth {}

    /// A `trySelect` between six arms.
    sealed interface OrDefault6<A, B, C, D, E, F> permits Of6, Default {}
}
