package gofer.testing.race;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last accesses to a variable: the last write, and the reads since then, of which none happens before another.
final class Variable {

    /*
     * An access is in a race with an earlier write exactly if the last write does not happen before it: without a race
     * so far, all other writes happen before that one. The same holds for a write and the reads that are kept here.
     */

    private @Nullable MemoryAccess lastWrite;
    private final List<MemoryAccess> reads = new ArrayList<>(1);

    /// Returns whether `strand` has just made such an access. It need not be recorded again.
    boolean isRepeated(Strand strand, boolean writes) {
        if (writes) {
            return lastWrite != null && lastWrite.isNow(strand) && reads.isEmpty();
        }
        for (MemoryAccess read : reads) {
            if (read.isNow(strand)) {
                return true;
            }
        }
        return false;
    }

    /// Records an access that is made now. Returns the race that it is in, or null.
    @Nullable Race add(MemoryAccess now) {
        return now.writes() ? write(now.strand(), now) : read(now.strand(), now);
    }

    private @Nullable Race read(Strand reader, MemoryAccess now) {
        Race race = withWrite(reader, now);
        reads.removeIf(reader::isAfter);
        reads.add(now);
        return race;
    }

    private @Nullable Race write(Strand writer, MemoryAccess now) {
        Race race = withWrite(writer, now);
        for (MemoryAccess read : reads) {
            race = race == null && !writer.isAfter(read) ? new Race(read, now) : race;
        }
        reads.clear();
        lastWrite = now;
        return race;
    }

    private @Nullable Race withWrite(Strand strand, MemoryAccess now) {
        return lastWrite == null || strand.isAfter(lastWrite) ? null : new Race(lastWrite, now);
    }
}
