package gofer.testing.loops;

import static gofer.Go.gosched;

import gofer.chan.Chan;
import gofer.group.Weighted;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.List;

/// Loops that try again until they succeed.
final class TryingLoops {

    private TryingLoops() {}

    static List<Looping> all() {
        return List.of(
                Looping.pair("lock by tryLock", TryingLoops::spinLock),
                Looping.pair("read-lock by tryRLock", TryingLoops::tryReadLock),
                Looping.pair("take tokens by tryAcquire", TryingLoops::tryAcquire),
                Looping.pair("send by trySend until there is room", TryingLoops::untilThereIsRoom));
    }

    private static void spinLock(boolean mended) {
        var mu = new Mutex();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            boolean unlocks = mended;
            all.go(() -> {
                while (!mu.tryLock()) {
                    // polls
                }
                if (unlocks) mu.unlock();
            });
        }
        all.await();
    }

    private static void tryReadLock(boolean mended) {
        var rw = new RWMutex();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!rw.tryRLock()) {
                    gosched();
                }
                rw.rUnlock();
            });
        }
        all.go(() -> {
            rw.lock();
            if (mended) rw.unlock();
        });
        all.await();
    }

    private static void tryAcquire(boolean mended) {
        var tokens = new Weighted(2);
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            all.go(() -> {
                while (!tokens.tryAcquire(mended ? 2 : 3)) {
                    gosched();
                }
                tokens.release(2);
            });
        }
        all.await();
    }

    private static void untilThereIsRoom(boolean mended) {
        Chan<Integer> numbers = Chan.make(1);
        var all = new WaitGroup();
        all.go(() -> {
            for (int i = 0; i < 3; i++) {
                while (!numbers.trySend(i)) {
                    gosched();
                }
            }
        });
        for (int i = 0; i < (mended ? 3 : 1); i++) {
            numbers.recv();
        }
        all.await();
    }
}
