package gofer.runtime.park;

import gofer.runtime.base.Frames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.DoubleAdder;

/// Where goroutines lose time by waiting for each other: how often and how long, by stack.
public final class Contention {

    /*
     * Walking the stack takes longer than most waits, so only some are noted. Each that is noted counts for those that are
     * not, so that on average the sums are right, whatever the waits are like.
     *
     *   by time   a wait of `rate` nanoseconds or more is noted as it is; a shorter one with a probability of its length
     *             divided by the rate, and then as if it had been as long as the rate: the sum of times is unbiased. It
     *             counts for rate divided by length waits, so that the number is, too.
     *   by turns  each event is noted with a probability of one in `rate`, and counts for that many.
     *
     * The rate is 0 while nothing is noted; then all that a wait pays is to read it. There are two, that nobody switches off
     * what another wants: the program's, and that of tools, which holds while the program has none.
     */

    /// Time that goroutines spent waiting, by where they waited; sampled by time.
    public static final Contention BLOCK = new Contention();

    /// Time for which holders of locks kept others waiting, by where they unlocked; sampled by turns.
    public static final Contention MUTEX = new Contention();

    /// What was noted for a stack.
    public record Sum(double count, double nanos) {}

    private record Cell(DoubleAdder count, DoubleAdder nanos) {}

    private final Map<List<StackTraceElement>, Cell> cells = new ConcurrentHashMap<>();
    private volatile long rate;
    private volatile long demanded;

    Contention() {}

    /// How many nanoseconds, or how many events, the program wants there to be for one that is noted; 0 if it wants none.
    public long rate() {
        return rate;
    }

    /// Changes what the program wants.
    public void setRate(long rate) {
        this.rate = Math.max(0, rate);
    }

    /// Changes what tools want.
    public void demand(long rate) {
        demanded = rate;
    }

    /// Whether anybody wants some noted.
    public boolean isOn() {
        return every() != 0;
    }

    private long every() {
        long own = rate;
        return own != 0 ? own : demanded;
    }

    /// The caller has waited.
    void waited(long nanos) {
        long every = every();
        long time = Math.max(1, nanos);
        if (every > 0 && (time >= every || ThreadLocalRandom.current().nextLong(every) < time)) {
            add(time >= every ? 1 : (double) every / time, (double) Math.max(time, every));
        }
    }

    /// The caller has kept others waiting.
    public void delayed(long nanos) {
        long every = every();
        if (every > 0 && nanos > 0 && ThreadLocalRandom.current().nextLong(every) == 0) {
            add((double) every, (double) nanos * every);
        }
    }

    private void add(double count, double nanos) {
        List<StackTraceElement> stack = Frames.ofProgram(Arrays.asList(new Throwable().getStackTrace()));
        Cell cell = cells.computeIfAbsent(stack, _ -> new Cell(new DoubleAdder(), new DoubleAdder()));
        cell.count.add(count);
        cell.nanos.add(nanos);
    }

    /// All that has been noted so far, by stack, innermost frame first.
    public Map<List<StackTraceElement>, Sum> sums() {
        Map<List<StackTraceElement>, Sum> sums = new HashMap<>();
        cells.forEach((stack, cell) -> sums.put(stack, new Sum(cell.count.sum(), cell.nanos.sum())));
        return sums;
    }
}
