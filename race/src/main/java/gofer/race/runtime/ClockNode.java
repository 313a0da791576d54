package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// A node of a [Clock]: the times of 32 strands, or 32 nodes of the level below. It never changes.
final class ClockNode {

    /// Stands for any node whose strands have all ended, if all that they did is known.
    static final ClockNode FULL = new ClockNode(-1, null, null, null);

    private static final int BITS = 5;
    private static final int WIDTH = Block.SIZE;

    final int level; // 0 if the node has times
    private final int @Nullable [] times;
    private final @Nullable Block block; // of the strands of these times
    private final @Nullable ClockNode @Nullable [] children;

    private ClockNode(
            int level, int @Nullable [] times, @Nullable Block block, @Nullable ClockNode @Nullable [] children) {
        this.level = level;
        this.times = times;
        this.block = block;
        this.children = children;
    }

    /// Returns the root of a clock that knows one strand.
    static ClockNode root(Block block, int id, int time) {
        int level = 0;
        while (!spans(level, id)) {
            level++;
        }
        return path(level, block, id, time).asRoot(level);
    }

    private static ClockNode path(int level, Block block, int id, int time) {
        if (level == 0) {
            int[] times = new int[WIDTH];
            times[id & WIDTH - 1] = time;
            return leaf(times, block);
        }
        var children = new @Nullable ClockNode[WIDTH];
        children[slot(level, id)] = path(level - 1, block, id, time);
        return inner(level, children);
    }

    private static ClockNode leaf(int[] times, Block block) {
        return block.isCoveredBy(times) ? FULL : new ClockNode(0, times, block, null);
    }

    private static ClockNode inner(int level, @Nullable ClockNode[] children) {
        for (ClockNode child : children) {
            if (child != FULL) {
                return new ClockNode(level, null, null, children);
            }
        }
        return FULL;
    }

    private static int slot(int level, int id) {
        return id >>> level * BITS & WIDTH - 1;
    }

    /// Returns whether a root of `level` has a place for a strand.
    private static boolean spans(int level, int id) {
        return (long) id >>> (level + 1) * BITS == 0;
    }

    /// Returns a root with a place for `id` that knows what this one knows.
    ClockNode above(int id) {
        ClockNode root = this;
        while (!spans(root.level, id)) {
            root = root.asChildOf(root.level + 1);
        }
        return root;
    }

    /// Returns this node, which has `level` unless it is [#FULL], as a root.
    ClockNode asRoot(int level) {
        return this == FULL ? asChildOf(level + 1) : this;
    }

    /// Returns this node as a root, which is a node of at least `level`.
    private ClockNode raised(int level) {
        ClockNode root = this;
        while (root.level < level) {
            root = root.asChildOf(root.level + 1);
        }
        return root;
    }

    /// Returns the time of a strand that is known, 0 if it is unknown.
    int get(int id) {
        if (!spans(level, id)) {
            return 0;
        }
        ClockNode node = this;
        while (node.children != null) {
            node = node.children[slot(node.level, id)];
            if (node == null) {
                return 0;
            }
        }
        return node.times == null ? Integer.MAX_VALUE : node.times[id & WIDTH - 1];
    }

    /// Returns a node that also knows `time` of a strand for which it has a place.
    ClockNode with(Block ofStrand, int id, int time) {
        if (children != null) {
            return withChild(ofStrand, id, time);
        }
        if (times == null || times[id & WIDTH - 1] >= time) {
            return this;
        }
        int[] copy = times.clone();
        copy[id & WIDTH - 1] = time;
        return leaf(copy, ofStrand);
    }

    private ClockNode withChild(Block ofStrand, int id, int time) {
        @Nullable ClockNode[] copy = copyOfChildren();
        int slot = slot(level, id);
        ClockNode old = copy[slot];
        ClockNode child = old == null ? path(level - 1, ofStrand, id, time) : old.with(ofStrand, id, time);
        if (child == old) {
            return this;
        }
        copy[slot] = child;
        return inner(level, copy);
    }

    /// Returns a root that knows what the roots `first` and `second` know: one of them, if that is enough.
    static ClockNode joinRoots(ClockNode first, ClockNode second) {
        return join(first.raised(second.level), second.raised(first.level)).asRoot(Math.max(first.level, second.level));
    }

    private ClockNode asChildOf(int level) {
        var children = new @Nullable ClockNode[WIDTH];
        children[0] = this;
        return new ClockNode(level, null, null, children);
    }

    private static ClockNode join(ClockNode first, ClockNode second) {
        if (first == second || first == FULL) {
            return first;
        }
        if (second == FULL) {
            return second;
        }
        return first.children == null ? joinTimes(first, second) : joinChildren(first, second);
    }

    private static ClockNode joinTimes(ClockNode first, ClockNode second) {
        int[] left = first.times();
        int[] right = second.times();
        int leftMinusRight = 0; // negative if any difference is
        int rightMinusLeft = 0;
        for (int i = 0; i < WIDTH; i++) {
            leftMinusRight |= left[i] - right[i];
            rightMinusLeft |= right[i] - left[i];
        }
        return leftMinusRight >= 0 ? first : rightMinusLeft >= 0 ? second : leaf(maximum(left, right), first.block());
    }

    private static int[] maximum(int[] left, int[] right) {
        int[] times = new int[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            times[i] = Math.max(left[i], right[i]);
        }
        return times;
    }

    private static ClockNode joinChildren(ClockNode first, ClockNode second) {
        var joined = new @Nullable ClockNode[WIDTH];
        boolean leftIsEnough = true;
        boolean rightIsEnough = true;
        for (int i = 0; i < WIDTH; i++) {
            ClockNode left = first.child(i);
            ClockNode right = second.child(i);
            ClockNode child = left == null ? right : right == null ? left : join(left, right);
            leftIsEnough &= child == left;
            rightIsEnough &= child == right;
            joined[i] = child;
        }
        return leftIsEnough ? first : rightIsEnough ? second : inner(first.level, joined);
    }

    /// Returns a node in which [#FULL] stands for all that it may stand for.
    ///
    /// @param leaves is increased by the number of leaves that remain
    ClockNode compact(int[] leaves) {
        if (children == null) {
            leaves[0]++;
            return times == null || !block().isCoveredBy(times) ? this : FULL;
        }
        boolean same = true;
        @Nullable ClockNode[] copy = copyOfChildren();
        for (int i = 0; i < WIDTH; i++) {
            ClockNode child = copy[i];
            if (child != null && child != FULL) {
                copy[i] = child.compact(leaves);
                same &= copy[i] == child;
            }
        }
        return same ? this : inner(level, copy);
    }

    private int[] times() {
        return nonNull(times);
    }

    private Block block() {
        return nonNull(block);
    }

    private @Nullable ClockNode child(int index) {
        return nonNull(children)[index];
    }

    private @Nullable ClockNode[] copyOfChildren() {
        return nonNull(children).clone();
    }

    private static <T> T nonNull(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException();
        }
        return value;
    }
}
