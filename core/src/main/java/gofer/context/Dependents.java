package gofer.context;

import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;
import org.jspecify.annotations.Nullable;

/// The dependents of a context in the order in which they were added, as an intrusive linked list: adding and removing
/// take constant time, and removed dependents take no memory.
///
/// Not thread-safe: all methods except those of [EndSource] are called under the lock of the context.
final class Dependents implements EndSource {

    private final CancelContext context;
    private @Nullable Dependent first;
    private @Nullable Dependent last;

    Dependents(CancelContext context) {
        this.context = context;
    }

    @Override
    public boolean mayComeFromOutside(World world) {
        return context.mayEndOutside(world);
    }

    @Override
    public long due() {
        return Deadlines.due(context);
    }

    void add(Dependent dependent) {
        dependent.listed = true;
        dependent.previous = last;
        if (last == null) {
            first = dependent;
        } else {
            last.next = dependent;
        }
        last = dependent;
    }

    /// Removes `dependent`. Returns whether it was in the list.
    boolean remove(Dependent dependent) {
        if (!dependent.listed) {
            return false;
        }
        Dependent before = dependent.previous;
        Dependent after = dependent.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        dependent.listed = false;
        dependent.previous = null;
        dependent.next = null;
        return true;
    }

    /// Removes and returns the first dependent, or returns null if there is none.
    @Nullable Dependent poll() {
        Dependent dependent = first;
        if (dependent != null) {
            remove(dependent);
        }
        return dependent;
    }

    /// Returns the number of dependents. Takes linear time; for tests.
    int size() {
        int size = 0;
        for (Dependent dependent = first; dependent != null; dependent = dependent.next) {
            size++;
        }
        return size;
    }
}
