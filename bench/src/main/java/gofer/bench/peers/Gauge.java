package gofer.bench.peers;

import java.util.Arrays;

/// Helpers of the rows that measure themselves.
final class Gauge {

    private static final long WORK_NANOS = 20_000;

    private Gauge() {}

    /// Returns how many bytes of the heap are in use after a collection.
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

    /// Returns the value in `values`, which it sorts, below which `percent` of them are.
    static long percentile(long[] values, int percent) {
        Arrays.sort(values);
        return values[(int) ((long) values.length * percent / 100)];
    }
}
