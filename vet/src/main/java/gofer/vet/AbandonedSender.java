package gofer.vet;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import java.util.List;

/// A goroutine that sends on an unbuffered channel whose receiver may leave first. It then waits forever.
final class AbandonedSender extends Check {
    private static final List<String> ORDINALS = List.of("First", "Second", "Third", "Fourth", "Fifth", "Sixth");
    private static final String HINT =
            "Give the channel room for the value, `Chan.make(1)`, or let the sender give up: `send(ctx, value)`.";

    AbandonedSender() {
        super(Severity.WARNING, "a goroutine sends on a channel whose receiver may be gone");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Channel channel : Channel.in(source)) {
            if (channel.isShared() || !channel.isUnbuffered() || channel.sends().isEmpty()) continue;
            if (isAlone(source, channel)) {
                reporter.report(
                        Severity.ERROR,
                        channel.sends().getFirst().path(),
                        "this `send` waits forever: only this goroutine could receive from `" + channel.name() + "`",
                        "Send in another goroutine, or give the channel a buffer.");
            } else if (!Source.isInTest(channel.variable().declaration())) {
                check(source, reporter, channel);
            }
        }
    }

    /// Returns whether one goroutine does everything, and sends first.
    private static boolean isAlone(Source source, Channel channel) {
        Channel.Op send = channel.sends().getFirst();
        Tree body = channel.variable().body();
        return send.name().equals("send")
                && source.call(send.path().getLeaf()) instanceof Call call
                && call.arguments().size() == 1 // without a context that ends the wait
                && !Flow.isInUnknownCode(source, send.path(), null)
                && channel.sends().stream().allMatch(op -> op.body() == body)
                && channel.receives().stream().allMatch(op -> op.body() == body)
                && channel.closes().stream().allMatch(op -> op.body() == body)
                && Syntax.enclosing(send.path().getParentPath(), AbandonedSender::isConditional) == null;
    }

    private static boolean isConditional(Tree tree) {
        return switch (tree.getKind()) {
            case IF, SWITCH, SWITCH_EXPRESSION, CONDITIONAL_EXPRESSION, WHILE_LOOP, FOR_LOOP, ENHANCED_FOR_LOOP, TRY ->
                    true;
            default -> false;
        };
    }

    private static void check(Source source, Reporter reporter, Channel channel) {
        Tree receiver = channel.variable().body();
        for (Channel.Op send : channel.sends()) {
            Call start = source.start(send.body());
            if (!send.name().equals("send") || start == null || start.body() != receiver) return;
            if (source.call(send.path().getLeaf()) instanceof Call call && call.arguments().size() > 1) return;
        }
        if (channel.receives().isEmpty() || channel.receives().stream().anyMatch(op -> op.body() != receiver)) return;
        String why = why(source, channel);
        if (!why.isEmpty()) {
            Channel.Op send = channel.sends().getLast();
            reporter.report(send.path(), "this `send` waits forever if " + why, HINT);
        }
    }

    private static String why(Source source, Channel channel) {
        List<Channel.Op> receives = channel.receives();
        if (receives.stream().allMatch(op -> mayChooseAnother(source, op))) {
            return "the receiver chooses another arm of its select";
        }
        if (receives.stream().anyMatch(op -> op.select() != null || op.name().equals("tryRecv"))) return "";
        if (receives.size() == 1 && receives.getFirst().isRange()) {
            return leavesEarly(channel, receives.getFirst()) ? "the receiver leaves its loop early" : "";
        }
        if (receives.stream().anyMatch(Channel.Op::isInLoop)) return "";
        if (sendsMoreThan(source, channel, receives.size())) return "the receiver has received enough";
        return receivesAfterAnExit(source, channel) ? "the receiver has left the method before" : "";
    }

    /// Returns whether the receive is an arm of a select that may end with another arm, and is not repeated then.
    private static boolean mayChooseAnother(Source source, Channel.Op op) {
        Call select = op.select();
        if (select == null || hasOtherChannelOfTheMethod(source, select, op)) return false;
        boolean isTry = select.name().equals("trySelect");
        if (!isTry && select.arguments().size() < 2) return false;
        TreePath loop = Syntax.loop(select.path());
        if (loop == null) return true;
        int index = index(select, op);
        if (index < 0 || index >= ORDINALS.size()) return false;
        return isConditionOf(loop.getLeaf(), select, ORDINALS.get(index))
                || leavesInAnotherArm(select, ORDINALS.get(index));
    }

    /// Returns whether another arm is a channel that the method makes. The sender may choose between the two, or announce its
    /// end on the other one.
    private static boolean hasOtherChannelOfTheMethod(Source source, Call select, Channel.Op op) {
        for (ExpressionTree argument : select.arguments()) {
            Tree arm = Syntax.strip(argument);
            if (arm == op.path().getLeaf()) continue;
            TreePath channel =
                    source.call(arm) instanceof Call call ? call.receiver() : new TreePath(select.path(), arm);
            Variable variable = source.variable(channel);
            if (variable != null
                    && variable.isLocal()
                    && variable.initializer() instanceof ExpressionTree value
                    && source.call(Syntax.strip(value)) instanceof Call make
                    && make.is(Api.CHAN, "make", "named")) return true;
        }
        return false;
    }

    private static int index(Call select, Channel.Op op) {
        for (int i = 0; i < select.arguments().size(); i++) {
            if (Syntax.strip(select.arguments().get(i)) == op.path().getLeaf()) return i;
        }
        return -1;
    }

    /// Returns whether the loop ends when another arm is chosen: `while (select(...) instanceof First(...))`.
    private static boolean isConditionOf(Tree loop, Call select, String ordinal) {
        Tree condition =
                switch (loop) {
                    case ForLoopTree tree -> tree.getCondition();
                    case WhileLoopTree tree -> tree.getCondition();
                    default -> null;
                };
        return Syntax.any(
                condition,
                node ->
                        node instanceof InstanceOfTree test
                                && Syntax.strip(test.getExpression()) == select.tree()
                                && test.getPattern() instanceof DeconstructionPatternTree pattern
                                && SpinningDefault.simpleName(pattern.getDeconstructor()).equals(ordinal));
    }

    private static boolean leavesInAnotherArm(Call select, String ordinal) {
        List<? extends CaseTree> cases =
                switch (Syntax.parent(select.path()).getLeaf()) {
                    case SwitchTree tree -> tree.getCases();
                    case SwitchExpressionTree tree -> tree.getCases();
                    default -> List.of();
                };
        return cases.stream()
                .anyMatch(branch ->
                        branch.getCaseKind() == CaseTree.CaseKind.RULE
                                && isFor(branch)
                                && !isFor(branch, ordinal)
                                && Exits.leaveMethod(branch.getBody()));
    }

    private static boolean isFor(CaseTree branch) {
        return branch.getLabels().stream().anyMatch(PatternCaseLabelTree.class::isInstance);
    }

    private static boolean isFor(CaseTree branch, String ordinal) {
        return branch.getLabels().stream()
                .anyMatch(label ->
                        label instanceof PatternCaseLabelTree p
                                && p.getPattern() instanceof DeconstructionPatternTree pattern
                                && SpinningDefault.simpleName(pattern.getDeconstructor()).equals(ordinal));
    }

    /// Returns whether the loop has a way out before the sender's loop ends.
    private static boolean leavesEarly(Channel channel, Channel.Op range) {
        Tree body = ((EnhancedForLoopTree) range.path().getLeaf()).getStatement();
        if (!Exits.leaveLoop(body) || channel.sends().size() != 1) return false;
        TreePath loop = Syntax.loop(channel.sends().getFirst().path());
        return loop != null && sendsRegardless(loop.getLeaf(), body);
    }

    /// Returns whether the loop of the sender does not end with a value that the receiver knows too: a count or a last value.
    private static boolean sendsRegardless(Tree loop, Tree receiver) {
        if (Syntax.jumps(Syntax.loopBody(loop))) return false;
        if (Syntax.isEndless(loop) || loop instanceof EnhancedForLoopTree) return true;
        if (!Flow.isCounting(loop)) return false;
        String bound = Flow.bound(loop).toString();
        return !Syntax.any(receiver, node -> node.toString().equals(bound));
    }

    private static boolean sendsMoreThan(Source source, Channel channel, int receives) {
        if (channel.sends().size() > 1) return receives == 1 && sendsTwice(channel);
        Channel.Op send = channel.sends().getFirst();
        Call start = source.start(send.body());
        TreePath loop = start == null ? null : Syntax.loop(start.path());
        if (loop == null || start == null || Syntax.isInside(channel.variable().declaration(), loop.getLeaf()))
            return false;
        if (Syntax.isInside(channel.receives().getFirst().path(), loop.getLeaf())) return false;
        TreePath statement = Syntax.parent(start.path());
        if (!(statement.getLeaf() instanceof StatementTree) || !Flow.isInEachRound(statement, loop.getLeaf()))
            return false;
        if (Syntax.jumps(send.body()) || Syntax.enclosing(send.path(), AbandonedSender::isConditional) != null)
            return false;
        int rounds = Flow.rounds(loop.getLeaf());
        boolean isMany = loop.getLeaf() instanceof EnhancedForLoopTree || Flow.isCounting(loop.getLeaf());
        return rounds > receives || rounds < 0 && isMany && receives == 1;
    }

    /// Returns whether one goroutine can do two sends, one after the other.
    private static boolean sendsTwice(Channel channel) {
        if (channel.sends().size() != 2) return false;
        Channel.Op first = channel.sends().getFirst();
        Channel.Op second = channel.sends().getLast();
        if (first.body() != second.body() || !(first.body() instanceof LambdaExpressionTree lambda)) return false;
        List<? extends StatementTree> code = Syntax.statements(lambda);
        int from = indexOf(code, first);
        int to = indexOf(code, second);
        return from >= 0
                && from < to
                && code.subList(from, to).stream().noneMatch(AbandonedSender::mayPreventTheSecond);
    }

    /// Returns whether the goroutine does one of the two sends only: the second is in an `else`, in a `catch` or behind a jump.
    private static boolean mayPreventTheSecond(StatementTree statement) {
        return Syntax.jumps(statement) || statement instanceof TryTree;
    }

    private static int indexOf(List<? extends StatementTree> code, Channel.Op op) {
        for (int i = 0; i < code.size(); i++) {
            if (Syntax.isInside(op.path(), code.get(i))) return i;
        }
        return -1;
    }

    /// Returns whether a `return` or `throw` lies between the start of the sender and the only receive.
    private static boolean receivesAfterAnExit(Source source, Channel channel) {
        Call start = source.start(channel.sends().getFirst().body());
        if (start == null || channel.receives().size() != 1) return false;
        TreePath from = Syntax.listed(start.path());
        if (from == null) return false;
        for (StatementTree statement : Syntax.following(from)) {
            if (Syntax.isInside(channel.receives().getFirst().path(), statement)) return false;
            if (Exits.leaveMethod(statement)) return true;
        }
        return false;
    }
}
