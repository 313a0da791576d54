// Concurrency is a way to structure a program; parallelism is to run parts of it at the same time.
//
// The same concurrent program, four goroutines that compute, runs with one carrier thread and with all: the answer is
// the same, only the time differs. The times go to standard error.

import module gofer;

import static gofer.Go.*;

void main() {
    gomaxprocs(1);
    long alone = timed("gomaxprocs(1)");
    gomaxprocs(numCpu());
    long together = timed("gomaxprocs(" + numCpu() + ")");
    IO.println("the same answer: " + (alone == together));
}

long timed(String title) {
    long start = System.nanoTime();
    Chan<Long> parts = Chan.make();
    for (int part = 0; part < 4; part++) {
        int first = part;
        go(() -> parts.send(countPrimes(first, 4, 2_000_000)));
    }
    long primes = 0;
    for (int part = 0; part < 4; part++) primes += parts.recv();
    System.err.printf("%s: %d primes in %d ms%n", title, primes, (System.nanoTime() - start) / 1_000_000);
    return primes;
}

long countPrimes(int first, int step, int limit) {
    long primes = 0;
    for (int n = first; n < limit; n += step) {
        boolean prime = n > 1;
        for (int d = 2; prime && d * d <= n; d++) prime = n % d != 0;
        if (prime) primes++;
    }
    return primes;
}
