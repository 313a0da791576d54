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

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant("lock by tryLock", TryingLoops::spinLock),
                LoopProgram.withFaultyVariant("read-lock by tryRLock", TryingLoops::tryReadLock),
                LoopProgram.withFaultyVariant("take tokens by tryAcquire", TryingLoops::tryAcquire),
                LoopProgram.withFaultyVariant("send by trySend until there is room", TryingLoops::untilThereIsRoom));
    }

    private static void spinLock(boolean correct) {
        var mu = new Mutex();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            boolean unlocks = correct;
            all.go(() -> {
                while (!mu.tryLock()) {
                    // polls
                }
                if (unlocks) mu.unlock();
            });
        }
        all.await();
    }

    private static void tryReadLock(boolean correct) {
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
            if (correct) rw.unlock();
        });
        all.await();
    }

    private static void tryAcquire(boolean correct) {
        var tokens = new Weighted(2);
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            all.go(() -> {
                while (!tokens.tryAcquire(correct ? 2 : 3)) {
                    gosched();
                }
                tokens.release(2);
            });
        }
        all.await();
    }

    private static void untilThereIsRoom(boolean correct) {
        Chan<Integer> numbers = Chan.make(1);
        var all = new WaitGroup();
        all.go(() -> {
            for (int i = 0; i < 3; i++) {
                while (!numbers.trySend(i)) {
                    gosched();
                }
            }
        });
        for (int i = 0; i < (correct ? 3 : 1); i++) {
            numbers.recv();
        }
        all.await();
    }
}
