package gofer.vet;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;

/// A channel without a buffer that receives signals. `Signals.notify` does not wait for a receiver, so such a channel loses
/// each signal that comes while nothing receives.
///
/// **Go:** vet's `sigchanyzer`.
final class UnbufferedSignal extends Check {
    UnbufferedSignal() {
        super(Severity.WARNING, "a channel without a buffer loses signals");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call notify : source.calls(Api.SIGNALS, "notify")) {
            Tree chan = Syntax.strip(notify.arguments().getFirst());
            Variable variable = source.variable(source.path(chan));
            if (!isUnbuffered(source, chan) && (variable == null || !isUnbuffered(source, variable))) continue;
            reporter.report(
                    notify.path(),
                    "the channel has no buffer, so it loses a signal that comes while nothing receives from it",
                    "Make the channel with a buffer: `Chan.make(1)`.");
        }
    }

    private static boolean isUnbuffered(Source source, Variable variable) {
        ExpressionTree value = variable.initializer();
        return value != null && variable.isStable() && isUnbuffered(source, Syntax.strip(value));
    }

    private static boolean isUnbuffered(Source source, Tree value) {
        return source.call(value) instanceof Call make
                && make.is(Api.CHAN, "make", "named")
                && Channel.capacity(make) == 0;
    }
}
