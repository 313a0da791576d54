package gofer.diagnostics;

import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.Contention;
import gofer.runtime.watch.Dump;
import gofer.runtime.watch.LeakSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/// A profile of where goroutines are, or where they lose time, by stack.
///
/// The text form ([#toString]) lists the heaviest stacks first. The file form ([#write]) can be read by
/// `go tool pprof`, speedscope and other viewers.
///
/// **Go:** `runtime/pprof`; the profiles `block`, `mutex`, `goroutine` and `goroutineleak`.
@CheckReturnValue
public final class Profile {

    /// @param count the number of waits or goroutines
    /// @param nanos the total time; 0 in a profile without times
    private record Sum(double count, double nanos) {

        Sum plus(Sum other, int sign) {
            return new Sum(count + sign * other.count, nanos + sign * other.nanos);
        }
    }

    private final String name;
    private final String unit; // what is counted
    private final boolean timed;
    private final Map<List<StackTraceElement>, Sum> sums;

    private Profile(String name, String unit, boolean timed, Map<List<StackTraceElement>, Sum> sums) {
        this.name = name;
        this.unit = unit;
        this.timed = timed;
        this.sums = sums;
    }

    /// Returns where goroutines waited, and how long, for channels, locks, wait groups and conditions. Excludes sleeps
    /// and I/O. Covers the time since the start of the program during which [#setBlockRate] was on.
    public static Profile block() {
        return contention("block", Contention.BLOCK);
    }

    /// Returns where locks were released while others waited for them, and how long those had waited. Covers the time
    /// since the start of the program during which [#setMutexFraction] was on.
    public static Profile mutex() {
        return contention("mutex", Contention.MUTEX);
    }

    /// Returns where all goroutines are, and other threads that wait for a channel, a lock or another Gofer object.
    public static Profile goroutine() {
        return Goroutines.inspect(() -> of("goroutine", Dump.take()));
    }

    /// Returns where leaked goroutines are. Throws [UnsupportedOperationException] as [Leaks#find] does.
    public static Profile leak() {
        return of("goroutineleak", LeakSearch.find());
    }

    private static Profile contention(String name, Contention contention) {
        Map<List<StackTraceElement>, Sum> sums = new HashMap<>();
        contention.sums().forEach((stack, sum) -> sums.put(stack, new Sum(sum.count(), sum.nanos())));
        return new Profile(name, "contentions", true, sums);
    }

    private static Profile of(String name, Dump dump) {
        Map<List<StackTraceElement>, Sum> sums = new HashMap<>();
        dump.groups()
                .forEach(group ->
                        sums.merge(group.frames(), new Sum(group.ids().size(), 0), (one, other) -> one.plus(other, 1)));
        return new Profile(name, name, false, sums);
    }

    /// Sets the sampling rate of the block profile: on average, one wait is recorded for each `time` that goroutines
    /// spend waiting. Waits longer than `time` are all recorded. Shorter ones are sampled, and each recorded one also
    /// counts for others. Zero or negative switches recording off, which is the default. A nanosecond records all.
    public static void setBlockRate(Duration time) {
        Objects.requireNonNull(time, "time");
        Contention.BLOCK.setRate(time.isPositive() ? Math.max(1, nanos(time)) : 0);
    }

    /// Sets the sampling rate of the mutex profile: on average, one in `n` releases of a lock for which others wait is
    /// recorded. Returns the previous setting. 0 switches recording off, which is the default. A negative number
    /// changes nothing.
    @CanIgnoreReturnValue
    public static int setMutexFraction(int n) {
        int before = Math.toIntExact(Contention.MUTEX.rate());
        if (n >= 0) {
            Contention.MUTEX.setRate(n);
        }
        return before;
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }

    /// Returns what has been added since `earlier`. Throws [IllegalArgumentException] if that is a profile of another
    /// kind.
    public Profile since(Profile earlier) {
        if (!name.equals(Objects.requireNonNull(earlier, "earlier").name)) {
            throw new IllegalArgumentException("a " + name + " profile since a " + earlier.name + " profile");
        }
        Map<List<StackTraceElement>, Sum> added = new HashMap<>(sums);
        earlier.sums.forEach((stack, sum) -> added.computeIfPresent(stack, (_, now) -> now.plus(sum, -1)));
        added.values().removeIf(sum -> sum.count < 0.5);
        return new Profile(name, unit, timed, added);
    }

    /// Returns the total number of waits or goroutines.
    public long count() {
        return Math.round(sums.values().stream().mapToDouble(Sum::count).sum());
    }

    /// Returns the total time of the waits; zero in a profile of goroutines.
    public Duration time() {
        return Duration.ofNanos(Math.round(sums.values().stream().mapToDouble(Sum::nanos).sum()));
    }

    /// Writes the profile as a compressed protocol buffer, the format of pprof. Does not close `out`.
    public void write(OutputStream out) throws IOException {
        Objects.requireNonNull(out, "out");
        var zip = new GZIPOutputStream(out);
        var pprof = new Pprof();
        pprof.addType(unit, "count");
        if (timed) {
            pprof.addType("delay", "nanoseconds");
        }
        for (var entry : sorted()) {
            Sum sum = entry.getValue();
            List<Long> values = new ArrayList<>(List.of(Math.round(sum.count)));
            if (timed) {
                values.add(Math.round(sum.nanos));
            }
            pprof.addSample(entry.getKey(), values);
        }
        zip.write(pprof.bytes());
        zip.finish();
    }

    private List<Map.Entry<List<StackTraceElement>, Sum>> sorted() {
        return sums.entrySet().stream()
                .sorted(
                        Comparator.comparingDouble((Map.Entry<List<StackTraceElement>, Sum> entry) ->
                                        timed ? entry.getValue().nanos : entry.getValue().count)
                                .reversed())
                .toList();
    }

    /// Returns the stacks as text, the heaviest first.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name + " profile: total " + count());
        text.append(timed ? ", " + text((double) time().toNanos()) : "").append('\n');
        for (var entry : sorted()) {
            Sum sum = entry.getValue();
            text.append('\n').append(Math.round(sum.count));
            text.append(timed ? ", " + text(sum.nanos) : "").append(" at\n");
            for (StackTraceElement frame : entry.getKey()) {
                text.append('\t').append(frame).append('\n');
            }
        }
        return text.toString();
    }

    private static String text(double nanos) {
        return nanos >= 1e9
                ? String.format("%.2f s", nanos / 1e9)
                : nanos >= 1e6 ? String.format("%.2f ms", nanos / 1e6) : String.format("%.2f us", nanos / 1e3);
    }
}
