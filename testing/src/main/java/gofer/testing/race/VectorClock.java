package gofer.testing.race;

import java.util.Arrays;

/// A vector clock: for each goroutine, by its index, up to which of its times everything is known.
final class VectorClock {

    private int[] times = new int[4];

    /// Returns the time of the goroutine at `index` that is known.
    int get(int index) {
        return index < times.length ? times[index] : 0;
    }

    /// Begins a new time of the goroutine at `index`.
    void tick(int index) {
        if (index >= times.length) {
            times = Arrays.copyOf(times, Math.max(index + 1, times.length * 2));
        }
        times[index]++;
    }

    /// Adds what `other` knows.
    void join(VectorClock other) {
        if (other.times.length > times.length) {
            times = Arrays.copyOf(times, other.times.length);
        }
        for (int i = 0; i < other.times.length; i++) {
            times[i] = Math.max(times[i], other.times[i]);
        }
    }
}
