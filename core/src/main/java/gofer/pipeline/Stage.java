package gofer.pipeline;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.Received;
import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.goroutine.InterruptException;
import gofer.sync.WaitGroup;
import java.util.List;

/// The goroutines of one stage. They do the same work and send to the same channels.
///
/// The first goroutine starts the others and works, too. When all have ended, it closes the channels. So no goroutine
/// sends on a closed channel, and a stage with one goroutine needs no second one to close its channels.
///
/// The context of the pipeline keeps why the pipeline ended: only the first call of `cancel` has an effect. A failure
/// first cancels the context, then the stage closes its channels. So each channel that is closed after that has the
/// same cause.
final class Stage {

    private final CancelContext ctx;
    private final String name;
    private final List<? extends Chan<?>> outs;
    private final Body work;

    Stage(CancelContext ctx, String name, List<? extends Chan<?>> outs, Body work) {
        this.ctx = ctx;
        this.name = name;
        this.outs = outs;
        this.work = work;
    }

    /// Receives from an input. An input that was closed with a cause fails the pipeline.
    static <T> Received<T> recv(CancelContext ctx, RecvChan<T> in) {
        Received<T> received = in.recvOk(ctx);
        if (received instanceof Closed) {
            in.cause().ifPresent(ctx::cancel);
        }
        return received;
    }

    /// Waits for the end of all goroutines of `group`, even if interrupted. Then restores the interrupt status.
    static void awaitAll(WaitGroup group) {
        boolean interrupted = false;
        for (boolean ended = false; !ended; ) {
            try {
                group.await();
                ended = true;
            } catch (InterruptException _) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does the work in `goroutines` goroutines. The caller is one of them.
    void run(int goroutines) throws Throwable {
        WaitGroup others = new WaitGroup();
        try {
            guard(() -> {
                for (int i = 1; i < goroutines; i++) {
                    others.go(name, () -> guard(work));
                }
                work.run();
            });
        } finally {
            awaitAll(others);
            close();
        }
    }

    /// Closes the channels, with the cause if the context is done.
    void close() {
        RuntimeException cause = ctx.cause();
        for (Chan<?> out : outs) {
            try {
                if (cause == null) {
                    out.close();
                } else {
                    out.close(unwrapped(cause));
                }
            } catch (ChanClosedException _) { // a producer has closed its channel
            }
        }
    }

    /// Runs `body`. Its failure cancels the pipeline.
    private void guard(Body body) throws Throwable {
        try {
            body.run();
        } catch (Goexit ended) {
            ctx.cancel(new IllegalStateException(name + " ended its goroutine by goexit"));
            throw ended;
        } catch (Error error) {
            ctx.cancel(error);
            throw error;
        } catch (Throwable failed) {
            ctx.cancel(failed);
        }
    }

    /// Returns the failure itself, if the context had to wrap it.
    private static Throwable unwrapped(RuntimeException cause) {
        return cause instanceof CanceledException && cause.getCause() != null ? cause.getCause() : cause;
    }
}
