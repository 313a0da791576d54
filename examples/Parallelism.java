// Concurrency is not parallelism.
//
// The program below is concurrent: it is composed of goroutines that run independently of each other, and says nothing
// about how many of them run at the same instant. That is parallelism, a property of the run: with gomaxprocs(1) the
// goroutines take turns on one processor, with more they also run side by side. The answer is the same, the time is
// not.

import module gofer;

import static gofer.Go.*;

static final int LIMIT = 4_000_000;
static final int PIECES = 8;

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
        int from = LIMIT / PIECES * piece;
        go(() -> {
            gauge.enter();
            int count = primesIn(from, from + LIMIT / PIECES);
            gauge.leave();
            counts.send(count);
        });
    }
    int primes = 0;
    for (int piece = 0; piece < PIECES; piece++) primes += counts.recv();
    var time = Duration.ofNanos(System.nanoTime() - start);
    IO.println("%s: %d primes below %d".formatted(where, primes, LIMIT));
    IO.println("    goroutines at work at the same time: " + (gauge.most() == 1 ? "never two" : "two or more"));
    System.err.println("    " + time.toMillis() + " ms, at most " + gauge.most() + " goroutines at once");
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

/// How many are inside at the same time.
static final class Gauge {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void enter() {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    }

    void leave() {
        inside.decrementAndGet();
    }

    int most() {
        return most.get();
    }
}
