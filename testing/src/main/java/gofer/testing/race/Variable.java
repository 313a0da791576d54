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

    private @Nullable Access lastWrite;
    private final List<Access> reads = new ArrayList<>(1);

    /// Records a read. Returns the race that it is in, or null.
    @Nullable Race read(Strand reader) {
        for (Access read : reads) {
            if (read.isNow(reader)) {
                return null;
            }
        }
        Access now = Access.of(reader, false);
        Race race = withWrite(reader, now);
        reads.removeIf(reader::isAfter);
        reads.add(now);
        return race;
    }

    /// Records a write. Returns the race that it is in, or null.
    @Nullable Race write(Strand writer) {
        if (lastWrite != null && lastWrite.isNow(writer) && reads.isEmpty()) {
            return null;
        }
        Access now = Access.of(writer, true);
        Race race = withWrite(writer, now);
        for (Access read : reads) {
            race = race == null && !writer.isAfter(read) ? new Race(read, now) : race;
        }
        reads.clear();
        lastWrite = now;
        return race;
    }

    private @Nullable Race withWrite(Strand strand, Access now) {
        return lastWrite == null || strand.isAfter(lastWrite) ? null : new Race(lastWrite, now);
    }
}
