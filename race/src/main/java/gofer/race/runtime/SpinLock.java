package gofer.race.runtime;

import jdk.internal.misc.Unsafe;

/// A lock for sections of a few instructions. A thread that waits for it spins, so a virtual thread keeps its carrier.
class SpinLock {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long LOCKED = UNSAFE.objectFieldOffset(SpinLock.class, "locked");

    /// The number of attempts after which a platform thread lets others run, such as the one that has the lock.
    private static final int PATIENCE = 1000;

    /// The number of attempts after which a lock counts as lost, if a hook has failed. Its thread may have had the lock, and no
    /// stack left to call [#unlock].
    private static final int LOST = 200_000;

    private volatile int locked; // 1 or 0

    final void lock() {
        if (!UNSAFE.compareAndSetInt(this, LOCKED, 0, 1)) {
            lockLater();
        }
    }

    private void lockLater() {
        int attempts = 0;
        do {
            pause(++attempts);
            if (attempts > LOST && Detector.missed > 0) {
                locked = 1;
                return;
            }
        } while (locked != 0 || !UNSAFE.compareAndSetInt(this, LOCKED, 0, 1));
    }

    final void unlock() {
        UNSAFE.putIntRelease(this, LOCKED, 0);
    }

    /// Waits a little. A virtual thread must not yield: that would run code of the scheduler within a hook.
    static void pause(int attempts) {
        if (attempts % PATIENCE == 0 && !Thread.currentThread().isVirtual()) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
