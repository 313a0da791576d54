// Do two binary trees hold the same values in the same order, whatever their shapes? Each is walked by a goroutine, and
// the two walks are compared step by step.

import module gofer;

import static gofer.Go.*;

record Tree(Tree left, int value, Tree right) {

    Tree with(int added) {
        return added < value
                ? new Tree(left == null ? new Tree(null, added, null) : left.with(added), value, right)
                : new Tree(left, value, right == null ? new Tree(null, added, null) : right.with(added));
    }

    void walk(SendChan<Integer> out, Context ctx) {
        if (left != null) left.walk(out, ctx);
        out.send(ctx, value);
        if (right != null) right.walk(out, ctx);
    }
}

void main() {
    IO.println("same values, other shape: " + same(tree(3, 1, 2, 5, 4), tree(4, 5, 2, 1, 3)));
    IO.println("one value differs:        " + same(tree(3, 1, 2, 5, 4), tree(3, 1, 2, 5, 6)));
    IO.println("one value more:           " + same(tree(1, 2), tree(1, 2, 3)));
}

boolean same(Tree a, Tree b) {
    try (var ctx = Context.background().withCancel()) { // ends the walks that are no longer needed
        var left = values(a, ctx);
        var right = values(b, ctx);
        for (; ; ) {
            var x = left.recvOk();
            if (!x.equals(right.recvOk())) return false;
            if (x instanceof Closed) return true;
        }
    }
}

RecvChan<Integer> values(Tree tree, Context ctx) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        try {
            tree.walk(out, ctx);
            out.close();
        } catch (CanceledException _) {
            // nobody reads on
        }
    });
    return out;
}

Tree tree(int first, int... rest) {
    var tree = new Tree(null, first, null);
    for (int value : rest) tree = tree.with(value);
    return tree;
}
