// Compares two binary trees: do they hold the same values, whatever their shapes?
//
// A goroutine walks each tree and sends its values in order. The comparison reads both channels side by side. It stops
// at the first difference: leaving the try block cancels the context, and the two walks end.

import module gofer;

import static gofer.Go.*;

void main() {
    var numbers = IntStream.rangeClosed(1, 1000).boxed().toList();
    var one = treeOf(shuffled(numbers, 1));
    var two = treeOf(shuffled(numbers, 2));
    var three = insert(two, 500);
    IO.println("depths: " + depth(one) + ", " + depth(two) + ", " + depth(three));
    IO.println("one and two hold the same values: " + same(one, two));
    IO.println("one and three hold the same values: " + same(one, three));
}

boolean same(Node a, Node b) {
    try (var ctx = Context.background().withCancel()) {
        var left = values(ctx, a);
        var right = values(ctx, b);
        for (; ; ) {
            var x = left.recvOk();
            var y = right.recvOk();
            if (!x.equals(y)) return false;
            if (x instanceof Closed) return true;
        }
    }
}

RecvChan<Integer> values(Context ctx, Node tree) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        if (walk(ctx, tree, out)) out.close();
    });
    return out;
}

/// Sends the values of `tree` in order. Returns false if the receiver has cancelled.
boolean walk(Context ctx, Node tree, SendChan<Integer> out) {
    if (tree == null) return true;
    if (!walk(ctx, tree.left, out)) return false;
    return switch (select(out.sending(tree.value), ctx.done())) {
        case First(_) -> walk(ctx, tree.right, out);
        case Second(_) -> false;
    };
}

record Node(Node left, int value, Node right) {}

Node treeOf(List<Integer> values) {
    Node tree = null;
    for (int value : values) tree = insert(tree, value);
    return tree;
}

Node insert(Node tree, int value) {
    if (tree == null) return new Node(null, value, null);
    return value < tree.value
            ? new Node(insert(tree.left, value), tree.value, tree.right)
            : new Node(tree.left, tree.value, insert(tree.right, value));
}

int depth(Node tree) {
    return tree == null ? 0 : 1 + Math.max(depth(tree.left), depth(tree.right));
}

List<Integer> shuffled(List<Integer> values, long seed) {
    var copy = new ArrayList<>(values);
    Collections.shuffle(copy, new Random(seed));
    return copy;
}
