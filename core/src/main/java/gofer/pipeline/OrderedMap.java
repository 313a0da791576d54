package gofer.pipeline;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.SendChan;
import gofer.chan.Value;
import gofer.context.CancelContext;

/// The work of a parallel map whose results are in the order of the input.
///
/// Each value has a turn: a channel that is closed when the results of all values before it have been sent. A goroutine
/// that wants a value takes the turn of the next value out of `next`. Until it puts the turn of the value after that
/// back, no other goroutine can receive, so the order of the turns is that of the values. Then the goroutine computes
/// its result, waits for its turn, sends, and closes the following turn.
///
/// A goroutine that fails closes no turn. The context ends the waits of the others.
final class OrderedMap<T, R> {

    private final CancelContext ctx;
    private final RecvChan<T> in;
    private final Chan<Chan<Void>> next = Chan.make(1); // closed at the end of the input

    OrderedMap(CancelContext ctx, RecvChan<T> in) {
        this.ctx = ctx;
        this.in = in;
        Chan<Void> first = Chan.make();
        first.close();
        next.send(first);
    }

    /// Does the work of one goroutine.
    void work(Mapper<? super T, ? extends R> f, SendChan<R> out) throws Exception {
        while (next.recvOk(ctx) instanceof Value(var turn)) {
            if (!(Stage.recv(ctx, in) instanceof Value(var value))) {
                next.close();
                return;
            }
            Chan<Void> following = Chan.make();
            next.send(following); // the buffer has room
            R result = Pipeline.notNull(f.map(ctx, value));
            var _ = turn.recvOk(ctx);
            out.send(ctx, result);
            following.close();
        }
    }
}
