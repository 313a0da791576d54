package gofer.testing.race;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An access to a variable.
///
/// @param strand the thread that made it
/// @param time the time of the strand
/// @param writes whether it is a write
/// @param stack has the stack trace of the thread; null if stacks are not kept
/// @param locks the locks that the thread held; empty if stacks are not kept
public record MemoryAccess(Strand strand, int time, boolean writes, @Nullable Throwable stack, List<Object> locks) {

    boolean isNow(Strand other) {
        return strand == other && time == other.time();
    }
}
