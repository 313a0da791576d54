// Concurrency is not parallelism.
//
// The program below is concurrent: it consists of goroutines that run independently of each other. It does not say how
// many of them run at the same instant. That is parallelism, a property of the run: with gomaxprocs(1) the goroutines
// take turns on one processor; with more processors they also run side by side. The answer is the same, but the time is
// not.
//
// Each goroutine works in short shifts and lets others run in between. A goroutine that works for more than 10 ms
// without a break loses its processor to the others, but continues to run at the same time.

import module gofer;

import static gofer.Go.*;

static final int LIMIT = 4_000_000;
static final int PIECES = 8;
static final int SHIFTS = 100;
static final int LENGTH = LIMIT / PIECES / SHIFTS;

void main() {
    gomaxprocs(1);
    countPrimes("on one processor");
    gomaxprocs(Math.max(2, numCpu()));
    countPrimes("on all processors");
}

void countPrimes(String where) {
    var start = System.nanoTime();
    var gauge = new Gauge();
    Chan<Integer> counts = Chan.make();
    for (int piece = 0; piece < PIECES; piece++) {
        int first = piece * SHIFTS;
        go(() -> {
            int count = 0;
            for (int shift = first; shift < first + SHIFTS; shift++) {
                gauge.enter();
                count += primesIn(LENGTH * shift, LENGTH * (shift + 1));
                gauge.leave();
                gosched();
            }
            counts.send(count);
        });
    }
    int primes = 0;
    for (int piece = 0; piece < PIECES; piece++) primes += counts.recv();
    var time = Duration.ofNanos(System.nanoTime() - start);
    IO.println("%s: %d primes below %d".formatted(where, primes, LIMIT));
    IO.println("    goroutines at work: " + (gauge.overlap() < 0.1 ? "one at a time" : "side by side"));
    System.err.println("    " + time.toMillis() + " ms");
}

int primesIn(int from, int to) {
    int count = 0;
    for (int n = Math.max(2, from); n < to; n++) if (isPrime(n)) count++;
    return count;
}

boolean isPrime(int n) {
    for (int d = 2; d * d <= n; d++) if (n % d == 0) return false;
    return true;
}

/// Counts how often a goroutine entered while another was already inside.
static final class Gauge {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger entries = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();

    void enter() {
        entries.incrementAndGet();
        if (inside.getAndIncrement() > 0) overlaps.incrementAndGet();
    }

    void leave() {
        inside.decrementAndGet();
    }

    double overlap() {
        return overlaps.doubleValue() / entries.get();
    }
}
