package gofer.runtime.watch;

import gofer.runtime.base.Frames;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Origin;
import gofer.runtime.goroutine.Party;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A dump of a world's goroutines and other threads. Each has a number within that world, which is the same in each run
/// of a test.
///
/// @param goroutines the number of each goroutine, by its id
/// @param others the numbers of other threads, by their ids
record WorldDump(Map<Long, Integer> goroutines, Map<Long, Integer> others) {

    String text(Stream<Thread> threads) {
        return Goroutines.inspect(() -> {
            Dump dump = Dump.ofWaits(threads.map(Party::of).map(this::snapshot));
            Map<Long, Blocker> blockers = new HashMap<>(dump.blockers());
            blockers.replaceAll((_, blocker) -> numbered(blocker));
            StringBuilder text = new StringBuilder();
            new DumpText(text, blockers, true).append(dump.groups());
            return text.toString();
        });
    }

    private GoroutineSnapshot snapshot(Party party) {
        GoroutineSnapshot snapshot = GoroutineSnapshot.of(party, true);
        return new GoroutineSnapshot(
                number(snapshot.isGoroutine(), snapshot.id()),
                snapshot.name(),
                numbered(snapshot.origin()),
                snapshot.state(),
                Arrays.asList(Frames.ofProgramAlone(snapshot.stack().toArray(new StackTraceElement[0]))),
                snapshot.waits(),
                snapshot.held(),
                snapshot.time());
    }

    private long number(boolean isGoroutine, long id) {
        return (isGoroutine ? goroutines : others).getOrDefault(id, (int) id);
    }

    private @Nullable Origin numbered(@Nullable Origin origin) {
        return origin == null || origin.creator() == 0
                ? origin
                : new Origin(number(true, origin.creator()), origin.site(), null, 1, null);
    }

    private Blocker numbered(Blocker blocker) {
        boolean known = (blocker.isGoroutine() ? goroutines : others).containsKey(blocker.id());
        if (!known) {
            return blocker;
        }
        long number = number(blocker.isGoroutine(), blocker.id());
        String name = blocker.name().isEmpty() ? "" : " \"" + blocker.name() + '"';
        return new Blocker(
                blocker.isGoroutine(),
                number,
                blocker.name(),
                (blocker.isGoroutine() ? "goroutine " : "thread ") + number + name);
    }
}
