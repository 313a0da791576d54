package gofer.chan;

import static gofer.chan.Selects.op;

import gofer.runtime.annotation.CheckReturnValue;

/// Selects in which the order of the arms counts: if several arms are ready, the first of them is performed.
///
/// {@snippet file="snippets/Priority.java" region="biased"}
///
/// Otherwise they behave as `Go.select` and `Go.trySelect`, which choose among the ready arms at random. An arm that is
/// always ready starves those behind it. For more than six arms, use [Select#biased].
///
/// **Go:** has no such select. Rust has `select_biased!` (crossbeam) and `biased` (tokio). Kotlin's `select` is biased.
@SuppressWarnings("unchecked") // the casts below: the result of arm i has the type of arm i
@CheckReturnValue
public final class Biased {

    private Biased() {}

    /// The same as `Go.select` with one arm.
    public static <A> Selected.Of1<A> select(Arm<A> a) {
        return (Selected.Of1<A>) Selects.await(true, op(a));
    }

    /// Waits until at least one of two arms is ready, and performs the first that is. Returns which arm that was, with the
    /// received value.
    ///
    /// Throws as `Go.select` does.
    ///
    /// **Memory:** the effects of the operation that is performed.
    public static <A, B> Selected.Of2<A, B> select(Arm<A> a, Arm<B> b) {
        return (Selected.Of2<A, B>) Selects.await(true, op(a), op(b));
    }

    /// Selects among three arms, as [#select(Arm, Arm)] does.
    public static <A, B, C> Selected.Of3<A, B, C> select(Arm<A> a, Arm<B> b, Arm<C> c) {
        return (Selected.Of3<A, B, C>) Selects.await(true, op(a), op(b), op(c));
    }

    /// Selects among four arms, as [#select(Arm, Arm)] does.
    public static <A, B, C, D> Selected.Of4<A, B, C, D> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return (Selected.Of4<A, B, C, D>) Selects.await(true, op(a), op(b), op(c), op(d));
    }

    /// Selects among five arms, as [#select(Arm, Arm)] does.
    public static <A, B, C, D, E> Selected.Of5<A, B, C, D, E> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return (Selected.Of5<A, B, C, D, E>) Selects.await(true, op(a), op(b), op(c), op(d), op(e));
    }

    /// Selects among six arms, as [#select(Arm, Arm)] does.
    public static <A, B, C, D, E, F> Selected.Of6<A, B, C, D, E, F> select(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return (Selected.Of6<A, B, C, D, E, F>) Selects.await(true, op(a), op(b), op(c), op(d), op(e), op(f));
    }

    /// The same as `Go.trySelect` with one arm.
    public static <A> Selected.OrDefault1<A> trySelect(Arm<A> a) {
        return (Selected.OrDefault1<A>) Selects.poll(true, op(a));
    }

    /// Performs the first of two arms that is ready. Returns [Default] if neither is ready at one instant.
    ///
    /// Throws as `Go.trySelect` does.
    ///
    /// **Memory:** the effects of the operation that is performed.
    public static <A, B> Selected.OrDefault2<A, B> trySelect(Arm<A> a, Arm<B> b) {
        return (Selected.OrDefault2<A, B>) Selects.poll(true, op(a), op(b));
    }

    /// Selects among three arms, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C> Selected.OrDefault3<A, B, C> trySelect(Arm<A> a, Arm<B> b, Arm<C> c) {
        return (Selected.OrDefault3<A, B, C>) Selects.poll(true, op(a), op(b), op(c));
    }

    /// Selects among four arms, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C, D> Selected.OrDefault4<A, B, C, D> trySelect(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return (Selected.OrDefault4<A, B, C, D>) Selects.poll(true, op(a), op(b), op(c), op(d));
    }

    /// Selects among five arms, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C, D, E> Selected.OrDefault5<A, B, C, D, E> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return (Selected.OrDefault5<A, B, C, D, E>) Selects.poll(true, op(a), op(b), op(c), op(d), op(e));
    }

    /// Selects among six arms, as [#trySelect(Arm, Arm)] does.
    public static <A, B, C, D, E, F> Selected.OrDefault6<A, B, C, D, E, F> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return (Selected.OrDefault6<A, B, C, D, E, F>) Selects.poll(true, op(a), op(b), op(c), op(d), op(e), op(f));
    }
}
