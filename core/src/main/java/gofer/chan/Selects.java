package gofer.chan;

import gofer.chan.flavor.OpArm;
import gofer.chan.flavor.TimerChan;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.chan.Op;
import gofer.runtime.chan.SelectCore;
import gofer.runtime.chan.SendOp;
import gofer.runtime.park.Tracing;
import gofer.runtime.park.World;
import java.util.Objects;

/// The implementation of `Go.select` and `Go.trySelect`, for one to six arms.
@SuppressWarnings("unchecked") // the casts below: the result of arm i has the type of arm i
@CheckReturnValue
public final class Selects {

    private Selects() {}

    /// Waits until the arm is ready and performs it. See `Go.select`.
    public static <A> Selected.Of1<A> select(Arm<A> a) {
        return (Selected.Of1<A>) await(false, op(a));
    }

    /// Waits until one of two arms is ready and performs it. See `Go.select`.
    public static <A, B> Selected.Of2<A, B> select(Arm<A> a, Arm<B> b) {
        return (Selected.Of2<A, B>) await(false, op(a), op(b));
    }

    /// Waits until one of three arms is ready and performs it. See `Go.select`.
    public static <A, B, C> Selected.Of3<A, B, C> select(Arm<A> a, Arm<B> b, Arm<C> c) {
        return (Selected.Of3<A, B, C>) await(false, op(a), op(b), op(c));
    }

    /// Waits until one of four arms is ready and performs it. See `Go.select`.
    public static <A, B, C, D> Selected.Of4<A, B, C, D> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return (Selected.Of4<A, B, C, D>) await(false, op(a), op(b), op(c), op(d));
    }

    /// Waits until one of five arms is ready and performs it. See `Go.select`.
    public static <A, B, C, D, E> Selected.Of5<A, B, C, D, E> select(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return (Selected.Of5<A, B, C, D, E>) await(false, op(a), op(b), op(c), op(d), op(e));
    }

    /// Waits until one of six arms is ready and performs it. See `Go.select`.
    public static <A, B, C, D, E, F> Selected.Of6<A, B, C, D, E, F> select(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return (Selected.Of6<A, B, C, D, E, F>) await(false, op(a), op(b), op(c), op(d), op(e), op(f));
    }

    /// Performs the arm if it is ready. See `Go.trySelect`.
    public static <A> Selected.OrDefault1<A> trySelect(Arm<A> a) {
        return (Selected.OrDefault1<A>) poll(false, op(a));
    }

    /// Performs one of two arms if one is ready. See `Go.trySelect`.
    public static <A, B> Selected.OrDefault2<A, B> trySelect(Arm<A> a, Arm<B> b) {
        return (Selected.OrDefault2<A, B>) poll(false, op(a), op(b));
    }

    /// Performs one of three arms if one is ready. See `Go.trySelect`.
    public static <A, B, C> Selected.OrDefault3<A, B, C> trySelect(Arm<A> a, Arm<B> b, Arm<C> c) {
        return (Selected.OrDefault3<A, B, C>) poll(false, op(a), op(b), op(c));
    }

    /// Performs one of four arms if one is ready. See `Go.trySelect`.
    public static <A, B, C, D> Selected.OrDefault4<A, B, C, D> trySelect(Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d) {
        return (Selected.OrDefault4<A, B, C, D>) poll(false, op(a), op(b), op(c), op(d));
    }

    /// Performs one of five arms if one is ready. See `Go.trySelect`.
    public static <A, B, C, D, E> Selected.OrDefault5<A, B, C, D, E> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e) {
        return (Selected.OrDefault5<A, B, C, D, E>) poll(false, op(a), op(b), op(c), op(d), op(e));
    }

    /// Performs one of six arms if one is ready. See `Go.trySelect`.
    public static <A, B, C, D, E, F> Selected.OrDefault6<A, B, C, D, E, F> trySelect(
            Arm<A> a, Arm<B> b, Arm<C> c, Arm<D> d, Arm<E> e, Arm<F> f) {
        return (Selected.OrDefault6<A, B, C, D, E, F>) poll(false, op(a), op(b), op(c), op(d), op(e), op(f));
    }

    static Object await(boolean biased, Op... ops) {
        World.point(SyncPoint.SELECT, ops);
        int index = SelectCore.glance(biased, ops);
        Object result = index == SelectCore.NONE ? ChanResult.NOT_READY : ops[index].attempt();
        if (result == ChanResult.NOT_READY) {
            SelectCore core = new SelectCore(biased, ops);
            index = core.awaitSlow(null);
            result = core.result();
        }
        return chosen(index, result(ops[index], result));
    }

    static Object poll(boolean biased, Op... ops) {
        World.point(SyncPoint.TRY_SELECT, ops);
        int index = SelectCore.glance(biased, ops);
        Object result = index == SelectCore.NONE ? ChanResult.NOT_READY : ops[index].attempt();
        if (result == ChanResult.NOT_READY && ops.length > 1) { // for a single arm the attempt is conclusive
            SelectCore core = new SelectCore(biased, ops);
            index = core.pollSlow();
            result = core.result();
        }
        return result == ChanResult.NOT_READY ? new Default<>() : chosen(index, result(ops[index], result));
    }

    private static Object chosen(int index, Object result) {
        Tracing.selected(index);
        return switch (index) {
            case 0 -> new First<>(result);
            case 1 -> new Second<>(result);
            case 2 -> new Third<>(result);
            case 3 -> new Fourth<>(result);
            case 4 -> new Fifth<>(result);
            default -> new Sixth<>(result);
        };
    }

    private static Object result(Op op, Object result) {
        return switch (op) {
            case ChanCore _ -> Chan.received(result);
            case SendOp send -> {
                Chan.expectOpen(send.target(), result);
                yield Sent.INSTANCE;
            }
            default -> result;
        };
    }

    static Op op(Arm<?> arm) {
        return switch (Objects.requireNonNull(arm, "select arm")) {
            case Chan<?> chan -> chan.core;
            case TimerChan chan -> chan.timer().core();
            case SendArm send -> send.op;
            case OpArm<?> other -> other.op();
        };
    }
}
