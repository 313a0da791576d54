package gofer.testing.race;

import java.util.ArrayList;
import java.util.List;

/// A thread as the detector sees it: its actions are in the order of the program.
public final class Strand {

    /// What the strand stands for, for reports.
    public final Object thread;

    final int index;
    final VectorClock clock = new VectorClock();
    private final List<Object> locks = new ArrayList<>(0);
    int edges;

    Strand(int index, Object thread) {
        this.index = index;
        this.thread = thread;
        clock.tick(index);
    }

    /// Adds a lock that the thread holds from now on, for reports. It may hold it several times.
    public void addLock(Object lock) {
        locks.add(lock);
    }

    /// Removes a lock as often as it was added once.
    public void removeLock(Object lock) {
        for (int i = locks.size() - 1; i >= 0; i--) {
            if (locks.get(i) == lock) {
                locks.remove(i);
                return;
            }
        }
    }

    /// Returns the locks that the thread holds now.
    List<Object> locks() {
        return List.copyOf(locks);
    }

    /// Returns the number of edges from and to the strand so far.
    public int edges() {
        return edges;
    }

    /// Returns the current time of the strand.
    int time() {
        return clock.get(index);
    }

    /// Returns whether `access` happens before what this strand does now.
    boolean isAfter(MemoryAccess access) {
        return access.time() <= clock.get(access.strand().index);
    }
}
