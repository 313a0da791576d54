package gofer.vet;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// A local channel, and what the method and its lambdas do with it.
final class Channel {
    /// An operation.
    ///
    /// @param path the call or the loop
    /// @param body the method or lambda that directly contains it
    /// @param select the select with the operation as an arm, or null
    record Op(TreePath path, Tree body, String name, @Nullable Call select) {
        boolean isRange() {
            return name.equals("for");
        }

        boolean isInLoop() {
            return isRange() || Syntax.loop(path) != null;
        }
    }

    private final Variable variable;
    private final int capacity;
    private final List<Op> sends = new ArrayList<>();
    private final List<Op> receives = new ArrayList<>();
    private final List<Op> closes = new ArrayList<>();
    private boolean isShared;

    private Channel(Source source, Variable variable, Call make) {
        this.variable = variable;
        this.capacity = capacity(make);
        for (Variable.Use use : variable.uses()) add(source, use);
    }

    /// Returns the local channels of a class.
    static List<Channel> in(Source source) {
        var all = new ArrayList<Channel>();
        for (Variable variable : source.variables()) {
            ExpressionTree value = variable.initializer();
            if (value == null || !variable.isLocal()) continue;
            if (source.call(Syntax.strip(value)) instanceof Call make
                    && make.is(Api.CHAN, "make", "named")
                    && make.method().getModifiers().contains(Modifier.STATIC)
                    && variable.isStable()) all.add(new Channel(source, variable, make));
        }
        return all;
    }

    /// Returns the capacity of the channel that `make` returns, or -1 if the code does not tell.
    static int capacity(Call make) {
        if (make.arguments().isEmpty()) return 0;
        return Syntax.strip(make.arguments().getLast()) instanceof LiteralTree literal
                        && literal.getValue() instanceof Integer number
                ? number
                : -1;
    }

    private void add(Source source, Variable.Use use) {
        Call call = source.callOn(use);
        if (Source.isRange(use)) {
            receives.add(new Op(Syntax.parent(use.path()), use.body(), "for", null));
        } else if (call == null) {
            Call with = source.callWith(use);
            if (with != null && with.is(Api.GO, "select", "trySelect"))
                receives.add(new Op(use.path(), use.body(), "arm", with));
            else isShared = true;
        } else {
            String name = call.name();
            var op = new Op(call.path(), call.body(), name, null);
            switch (name) {
                case "send", "trySend" -> sends.add(op);
                case "recv", "recvOk", "tryRecv" -> receives.add(op);
                case "close" -> closes.add(op);
                case "sending" -> addArm(source, call);
                case "len", "cap", "toString" -> {}
                default -> isShared = true;
            }
        }
    }

    private void addArm(Source source, Call sending) {
        if (source.call(Syntax.parent(sending.path()).getLeaf()) instanceof Call select
                && select.is(Api.GO, "select", "trySelect"))
            sends.add(new Op(sending.path(), sending.body(), "sending", select));
        else isShared = true;
    }

    Variable variable() {
        return variable;
    }

    String name() {
        return variable.name();
    }

    /// Returns whether other code can use it.
    boolean isShared() {
        return isShared;
    }

    boolean isUnbuffered() {
        return capacity == 0;
    }

    List<Op> sends() {
        return sends;
    }

    List<Op> receives() {
        return receives;
    }

    List<Op> closes() {
        return closes;
    }
}
