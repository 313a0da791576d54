package gofer.runtime.lock;

import gofer.goroutine.WaitReason;
import gofer.runtime.park.Awaited;
import gofer.runtime.park.WaitEdge;
import java.util.List;

/// A request for permits of a semaphore: the value of a waiter, and the target of its wait.
///
/// @param semaphore the semaphore
/// @param wanted how many permits are requested
public record PermitRequest(WeightedCore semaphore, long wanted) implements Awaited {

    @Override
    public List<WaitEdge> waits(WaitReason reason) {
        return List.of(edge());
    }

    /// Returns what the goroutine waits for.
    public WaitEdge edge() {
        String permits = wanted == 1 ? "a permit" : wanted + " permits";
        return semaphore.canEverGrant(wanted)
                ? new WaitEdge("for " + permits + " of", semaphore, semaphore.blockers(WaitReason.SEMAPHORE_ACQUIRE))
                : new WaitEdge("for " + permits + ", more than there ever are, of", semaphore, List.of());
    }

    @Override
    public String toString() {
        return semaphore.title();
    }
}
