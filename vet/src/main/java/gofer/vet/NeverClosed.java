package gofer.vet;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;

/// A loop over a channel that nothing closes and whose senders end, so the loop waits forever. Silent if a sender can run as
/// long as the program, since the loop does so too then.
final class NeverClosed extends Check {
    NeverClosed() {
        super(Severity.ERROR, "a loop receives from a channel that nothing closes");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Channel channel : Channel.in(source)) {
            if (channel.isShared() || !channel.closes().isEmpty() || channel.sends().isEmpty()) continue;
            Tree body = channel.variable().body();
            if (channel.variable().uses().stream().anyMatch(use -> Flow.isInUnknownCode(source, use.path(), body)))
                continue;
            if (channel.sends().stream().anyMatch(send -> isPerpetual(source, send.path(), body))) continue;
            for (Channel.Op receive : channel.receives()) {
                if (!receive.isRange() || !isEndless(source, channel, receive)) continue;
                Call start = source.start(receive.body());
                boolean isHarmless = receive.body() != body && start != null && start.is(Api.GO, "go");
                reporter.report(
                        isHarmless ? Severity.WARNING : Severity.ERROR,
                        receive.path(),
                        "this loop never ends, because nothing closes `" + channel.name() + "`",
                        "Call `" + channel.name() + ".close()` after the last `send`.");
                break;
            }
        }
    }

    /// Returns whether a loop around `send` can run as long as the program. Only loops that count, and those over collections,
    /// end for sure.
    private static boolean isPerpetual(Source source, TreePath send, Tree outer) {
        for (TreePath p = send; p != null && p.getLeaf() != outer; p = p.getParentPath()) {
            Tree tree = p.getLeaf();
            if (!Syntax.isLoop(tree) || Flow.isCounting(tree)) continue;
            if (!(tree instanceof EnhancedForLoopTree loop)) return true;
            var type = source.trees().getTypeMirror(new TreePath(p, loop.getExpression()));
            if (type == null || Api.of(type) == Api.CHAN) return true;
        }
        return false;
    }

    private static boolean isEndless(Source source, Channel channel, Channel.Op range) {
        Tree loop = Syntax.loopBody(range.path().getLeaf());
        if (Syntax.jumps(loop) || source.calls(loop, Api.GO, "goexit", "block")) return false;
        if (exits(source, loop, new HashSet<>()) || Flow.isCaught(range.path())) return false;
        if (range.body() == channel.variable().body()) return true;
        Call start = source.start(range.body());
        if (start == null || !(Syntax.parent(start.path()).getLeaf() instanceof ExpressionStatementTree)) return false;
        MethodTree method = Source.enclosingMethod(start.path());
        boolean endsWithTheProgram = method != null && method.getName().contentEquals("main") && start.is(Api.GO, "go");
        return !endsWithTheProgram;
    }

    /// Returns whether `tree` can end the program or throw, also in methods of the class that it calls.
    private static boolean exits(Source source, Tree tree, Set<Element> seen) {
        return Syntax.any(
                tree,
                node -> {
                    if (node instanceof ThrowTree) return true;
                    if (!(node instanceof MethodInvocationTree call)) return false;
                    if (call.getMethodSelect().toString().matches("(.*\\.)?(exit|halt|interrupt)")) return true;
                    TreePath path = source.path(call);
                    Element called = path == null ? null : source.trees().getElement(path);
                    TreePath method = source.method(called);
                    return called != null
                            && method != null
                            && seen.add(called)
                            && exits(source, method.getLeaf(), seen);
                });
    }
}
