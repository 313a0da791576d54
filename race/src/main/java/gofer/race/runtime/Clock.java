package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// Up to which of its times each strand is known: a vector clock. It never changes.
///
/// It is a trie of the identities of strands. Clocks share nodes, so a clock that differs in one strand costs little, and a join
/// skips what is the same. A node of strands that have all ended becomes [ClockNode#FULL], so a clock does not grow with the
/// number of strands that have ended.
final class Clock {

    static final Clock EMPTY = new Clock(null, 0);

    /// The number of new strands after which a clock that changes looks for strands that have ended.
    private static final int PERIOD = 1024;

    private final @Nullable ClockNode root; // null if no strand is known
    private final int compaction; // the number of strands at which a changed clock looks for ended ones

    private Clock(@Nullable ClockNode root, int compaction) {
        this.root = root;
        this.compaction = compaction;
    }

    /// Returns the time of a strand that is known, 0 if it is unknown. It is the greatest number if the strand has ended and all
    /// that it did is known.
    int get(int id) {
        return root == null ? 0 : root.get(id);
    }

    /// Returns a clock that also knows `time` of a strand.
    Clock with(Block block, int id, int time) {
        if (root == null) {
            return changed(ClockNode.root(block, id, time));
        }
        ClockNode above = root.above(id);
        ClockNode with = above.with(block, id, time).asRoot(above.level);
        return with == root ? this : changed(with);
    }

    /// Returns a clock that knows what both know: one of them, if that is enough.
    Clock join(Clock other) {
        if (root == other.root || other.root == null) {
            return this;
        }
        if (root == null) {
            return other;
        }
        ClockNode joined = ClockNode.joinRoots(root, other.root);
        return joined == root ? this : joined == other.root ? other : changed(joined);
    }

    private Clock changed(ClockNode changed) {
        int strands = Block.count();
        if (strands < compaction) {
            return new Clock(changed, compaction);
        }
        int[] leaves = new int[1];
        ClockNode compact = changed.compact(leaves).asRoot(changed.level);
        return new Clock(compact, strands + Math.max(PERIOD, leaves[0] * Block.SIZE));
    }
}
