package gofer.bench.peers;

import java.util.Arrays;

/// Helpers for the rows that measure themselves.
final class Gauge {

    private static final long WORK_NANOS = 20_000;

    private Gauge() {}

    /// Returns the bytes of the heap in use after a collection.
    static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// Computes for about 20 microseconds.
    static void compute() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WORK_NANOS) {
            Thread.onSpinWait();
        }
    }

    /// Sorts `values`, and returns their percentile `percent`.
    static long percentile(long[] values, int percent) {
        Arrays.sort(values);
        return values[(int) ((long) values.length * percent / 100)];
    }
}
