package shop.agent.goker;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.sync.WaitGroup;
import java.util.function.IntConsumer;

/// Work in numbered pieces, which a few goroutines share.
final class Pieces {

    private Pieces() {}

    /// Calls `work` for each piece, in `workers` goroutines, and waits for them.
    static void inParallel(Context ctx, int workers, int pieces, IntConsumer work) {
        var todo = Chan.<Integer>make(pieces);
        for (int i = 0; i < pieces; i++) todo.send(i);
        todo.close();
        var wg = new WaitGroup();
        for (int i = 0; i < Math.min(workers, pieces); i++) {
            wg.go(() -> {
                for (int piece : todo) {
                    if (ctx.isDone()) return;
                    work.accept(piece);
                }
            });
        }
        wg.await();
    }
}
