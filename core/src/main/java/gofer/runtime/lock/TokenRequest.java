package gofer.runtime.lock;

import gofer.goroutine.WaitReason;
import gofer.runtime.park.Awaited;
import gofer.runtime.park.Wait;
import java.util.List;

/// A request for tokens of a semaphore, as a sleeper waits for it.
///
/// @param semaphore which
/// @param wanted how many
record TokenRequest(WeightedCore semaphore, long wanted) implements Awaited {

    @Override
    public List<Wait> waits(WaitReason reason) {
        String tokens = wanted == 1 ? "a token" : wanted + " tokens";
        return List.of(
                semaphore.hasEver(wanted)
                        ? new Wait("for " + tokens + " of", semaphore, semaphore.blockers(reason))
                        : new Wait("for " + tokens + ", more than there ever are, of", semaphore, List.of()));
    }

    @Override
    public String toString() {
        return semaphore.title();
    }
}
