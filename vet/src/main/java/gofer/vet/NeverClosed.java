package gofer.vet;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;

/// A loop over a channel that nothing closes, so it never ends.
final class NeverClosed extends Check {
    NeverClosed() {
        super(Severity.ERROR, "a loop receives from a channel that nothing closes");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Channel channel : Channel.in(source)) {
            if (channel.isShared() || !channel.closes().isEmpty()) continue;
            for (Channel.Op receive : channel.receives()) {
                if (!receive.isRange() || !isEndless(source, channel, receive)) continue;
                reporter.report(
                        receive.path(),
                        "this loop never ends, because nothing closes `" + channel.name() + "`",
                        "Call `" + channel.name() + ".close()` after the last `send`.");
                break;
            }
        }
    }

    private static boolean isEndless(Source source, Channel channel, Channel.Op range) {
        Tree loop = Syntax.loopBody(range.path().getLeaf());
        if (Syntax.jumps(loop) || source.calls(loop, Api.GO, "goexit", "block")) return false;
        if (range.body() == channel.variable().body()) return true;
        Call start = source.start(range.body());
        if (start == null || !(Syntax.parent(start.path()).getLeaf() instanceof ExpressionStatementTree)) return false;
        MethodTree method = Source.enclosingMethod(start.path());
        boolean endsWithTheProgram = method != null && method.getName().contentEquals("main") && start.is(Api.GO, "go");
        return !endsWithTheProgram;
    }
}
