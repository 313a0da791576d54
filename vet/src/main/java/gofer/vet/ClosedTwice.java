package gofer.vet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A channel that is closed twice, or closed while others send. Both throw.
final class ClosedTwice extends Check {
    private static final String HINT = "Close a channel once, where it is sent to, after the last `send`.";

    ClosedTwice() {
        super(Severity.ERROR, "a channel is closed twice, before a send, or by its receiver");
    }

    @Override
    void run(Source source, Reporter reporter) {
        var reported = new HashSet<Tree>();
        for (Call close : source.calls(Api.CHAN, "close")) {
            Place channel = source.receiver(close);
            if (channel == null || Flow.isInUnknownCode(source, close.path(), null) || Flow.isCaught(close.path()))
                continue;
            checkStraightLine(source, reporter, close, channel, reported);
            checkLoop(source, reporter, close, channel);
        }
        for (Channel channel : Channel.in(source)) checkReceiver(source, reporter, channel);
    }

    private static void checkStraightLine(
            Source source, Reporter reporter, Call close, Place channel, Set<Tree> reported) {
        TreePath statement = Syntax.parent(close.path());
        if (!(statement.getLeaf() instanceof ExpressionStatementTree)) return;
        var after = new ArrayList<StatementTree>(Syntax.following(statement));
        after.addAll(inFinally(statement));
        for (StatementTree next : after) {
            for (Call call : source.callsIn(next)) {
                if (!call.is(Api.CHAN, "close", "send", "trySend") || !channel.equals(source.receiver(call))) continue;
                if (Flow.isCaught(call.path())) continue; // it expects an exception, perhaps
                if (!reported.add(call.tree())) return;
                String what = call.name().equals("close") ? "closed again" : "sent to";
                reporter.report(
                        call.path(),
                        "`%s` is closed before, and is %s here, which throws".formatted(channel, what),
                        HINT);
                return;
            }
        }
    }

    /// Returns the statements of the `finally` of the `try` block that directly contains `statement`.
    private static List<? extends StatementTree> inFinally(TreePath statement) {
        TreePath block = statement.getParentPath();
        return block.getParentPath().getLeaf() instanceof TryTree tree
                        && tree.getBlock() == block.getLeaf()
                        && tree.getFinallyBlock() instanceof BlockTree last
                ? last.getStatements().stream().filter(ExpressionStatementTree.class::isInstance).toList()
                : List.of();
    }

    /// Reports a close that each round of a loop, or each of several goroutines, repeats.
    private static void checkLoop(Source source, Reporter reporter, Call close, Place channel) {
        TreePath statement = repeated(source, close);
        TreePath loop = statement == null ? null : Syntax.loop(statement);
        if (statement == null || loop == null) return;
        Tree body = Syntax.loopBody(loop.getLeaf());
        boolean isDirect =
                statement.getLeaf() == body
                        || body instanceof BlockTree block && statement.getParentPath().getLeaf() == block;
        if (!isDirect || Syntax.jumps(body)) return;
        Variable variable = source.variable(channel.variables().getFirst());
        if (variable == null || Syntax.isInside(variable.declaration(), loop.getLeaf())) return;
        boolean isCertain = Syntax.isEndless(loop.getLeaf()) || Flow.rounds(loop.getLeaf()) > 1;
        boolean isSecondLikely =
                Flow.isCounting(loop.getLeaf()) && Flow.rounds(loop.getLeaf()) < 0
                        || loop.getLeaf() instanceof EnhancedForLoopTree;
        if (!isCertain && !isSecondLikely) return;
        reporter.report(
                isCertain ? Severity.ERROR : Severity.WARNING,
                close.path(),
                "`%s` is closed in each round of the loop, which throws".formatted(channel),
                HINT);
    }

    /// Returns the statement that closes: the close itself, or the start of a goroutine that surely closes.
    private static @Nullable TreePath repeated(Source source, Call close) {
        TreePath parent = Syntax.parent(close.path());
        if (source.start(close.body()) == null)
            return parent.getLeaf() instanceof ExpressionStatementTree ? parent : null;
        var lambda = (LambdaExpressionTree) close.body();
        if (lambda.getBody() != close.tree()) {
            List<? extends StatementTree> code = Syntax.statements(lambda);
            if (!(parent.getLeaf() instanceof StatementTree s) || !code.contains(s)) return null;
            if (Syntax.leaves(lambda.getBody())) return null;
        }
        Call start = source.start(lambda);
        TreePath outer = start == null ? null : Syntax.parent(start.path());
        return outer != null && outer.getLeaf() instanceof ExpressionStatementTree ? outer : null;
    }

    /// Reports a goroutine that receives and closes, while others send.
    private static void checkReceiver(Source source, Reporter reporter, Channel channel) {
        if (channel.isShared() || channel.closes().size() != 1 || channel.sends().isEmpty()) return;
        Channel.Op close = channel.closes().getFirst();
        Tree body = close.body();
        if (source.start(body) == null || !(Syntax.parent(close.path()).getLeaf() instanceof ExpressionStatementTree))
            return;
        if (channel.sends().stream().anyMatch(send -> send.body() == body || source.start(send.body()) == null)) return;
        if (channel.receives().stream().noneMatch(receive -> receive.body() == body)) return;
        if (waitsForOthers(source, body, channel) || !mayCloseEarly(channel, body)) return;
        reporter.report(
                Severity.WARNING,
                close.path(),
                "`%s` is closed by a receiver, and a `send` of the other side then throws".formatted(channel.name()),
                HINT);
    }

    /// Returns whether there are more sends than the goroutine receives, or it leaves its loop over the channel early.
    private static boolean mayCloseEarly(Channel channel, Tree body) {
        long sent = 0;
        for (Channel.Op send : channel.sends()) {
            TreePath loop = Syntax.loop(send.path());
            if (loop != null && Syntax.jumps(Syntax.loopBody(loop.getLeaf()))) return false;
            long times = times(send.path());
            if (times < 0) return false;
            sent += times;
        }
        long received = 0;
        for (Channel.Op receive : channel.receives()) {
            if (receive.isRange()) {
                if (receive.body() == body) return Exits.leaveLoop(Syntax.loopBody(receive.path().getLeaf()));
                return false;
            }
            long times = times(receive.path());
            if (times < 0) return false;
            received += times;
        }
        return sent > received;
    }

    /// Returns how often an operation runs, or -1 if it is not known.
    private static long times(TreePath path) {
        TreePath loop = Syntax.loop(path);
        if (loop == null) return 1;
        if (Syntax.isEndless(loop.getLeaf())) return Integer.MAX_VALUE;
        return Syntax.loop(loop) == null ? Flow.rounds(loop.getLeaf()) : -1;
    }

    private static boolean waitsForOthers(Source source, Tree body, Channel channel) {
        return source.callsIn(body).stream()
                .anyMatch(call ->
                        call.name().equals("await")
                                || call.name().startsWith("select")
                                || call.is(Api.CHAN, "recv", "recvOk")
                                        && source.variable(call.receiver()) != channel.variable());
    }
}
