package gofer.runtime.park;

import gofer.runtime.base.Frames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.DoubleAdder;

/// A profile of the waits of goroutines for each other: how many waits and how long, by stack.
public final class Contention {

    /*
     * Walking the stack takes longer than most waits, so only some waits are recorded. Each recorded wait also counts
     * for others, so that the sums are right on average, whatever the waits are like.
     *
     *   by time    A wait of `rate` nanoseconds or more is recorded as it is. A shorter one is recorded with a probability
     *              of its length divided by the rate, and then as if it had been as long as the rate: the sum of times is
     *              unbiased. It counts for rate divided by length waits, so the number of waits is unbiased, too.
     *   by events  Each event is recorded with a probability of one in `rate`, and counts for that many.
     *
     * The rate is 0 while nothing is recorded. Then a wait pays only for reading it. There are two rates, so that the
     * program and tools do not switch off each other's recording. The rate of tools applies while the program has none.
     */

    /// Time that goroutines spent waiting, by where they waited; sampled by time.
    public static final Contention BLOCK = new Contention();

    /// Time for which holders of locks kept others waiting, by where they unlocked; sampled by events.
    public static final Contention MUTEX = new Contention();

    /// The sums for a stack.
    public record Sum(double count, double nanos) {}

    private record Cell(DoubleAdder count, DoubleAdder nanos) {}

    private final Map<List<StackTraceElement>, Cell> cells = new ConcurrentHashMap<>();
    private volatile long rate;
    private volatile long toolRate;

    Contention() {}

    /// Returns the rate set by the program: the nanoseconds, or the number of events, for one that is recorded; 0 if
    /// off.
    public long rate() {
        return rate;
    }

    /// Sets the program's rate.
    public void setRate(long rate) {
        this.rate = Math.max(0, rate);
    }

    /// Sets the rate of tools.
    public void setToolRate(long rate) {
        toolRate = rate;
    }

    /// Returns whether waits are recorded.
    public boolean isOn() {
        return effectiveRate() != 0;
    }

    private long effectiveRate() {
        long own = rate;
        return own != 0 ? own : toolRate;
    }

    /// Called when the current thread has waited.
    void recordWait(long nanos) {
        long effective = effectiveRate();
        long time = Math.max(1, nanos);
        if (effective > 0 && (time >= effective || ThreadLocalRandom.current().nextLong(effective) < time)) {
            add(time >= effective ? 1 : (double) effective / time, (double) Math.max(time, effective));
        }
    }

    /// Called when the current thread has kept others waiting.
    public void recordDelay(long nanos) {
        long effective = effectiveRate();
        if (effective > 0 && nanos > 0 && ThreadLocalRandom.current().nextLong(effective) == 0) {
            add((double) effective, (double) nanos * effective);
        }
    }

    private void add(double count, double nanos) {
        List<StackTraceElement> stack = Frames.ofProgram(Arrays.asList(new Throwable().getStackTrace()));
        Cell cell = cells.computeIfAbsent(stack, _ -> new Cell(new DoubleAdder(), new DoubleAdder()));
        cell.count.add(count);
        cell.nanos.add(nanos);
    }

    /// Returns all that has been recorded so far, by stack, innermost frame first.
    public Map<List<StackTraceElement>, Sum> sums() {
        Map<List<StackTraceElement>, Sum> sums = new HashMap<>();
        cells.forEach((stack, cell) -> sums.put(stack, new Sum(cell.count.sum(), cell.nanos.sum())));
        return sums;
    }
}
