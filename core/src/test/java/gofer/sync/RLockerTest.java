package gofer.sync;

import gofer.goroutine.WaitReason;

/// The read side of a read-write lock as a locker, which waits for a writer.
class RLockerTest extends LockerContract {

    private final RWMutex mu;

    RLockerTest() {
        var mu = new RWMutex();
        super(mu.rLocker(), mu, WaitReason.RWMUTEX_RLOCK, "sync: RUnlock of unlocked RWMutex");
        this.mu = mu;
    }

    @Override
    boolean isFree() {
        return RWMutexTest.isFree(mu);
    }

    @Override
    int waiters() {
        return Internals.waiters(mu);
    }
}
