package gofer.diagnostics;

import gofer.runtime.annotation.CheckReturnValue;
import java.util.List;

/// What there is to know of all goroutines as numbers, for JMX: see [Metrics]. Each is a snapshot.
///
/// **Go:** `/sched/...` of `runtime/metrics`.
@CheckReturnValue
public interface GoferMXBean {

    /// How many goroutines live, those that have leaked included.
    int getGoroutines();

    /// How many of them run or are ready to. Takes a look at each.
    int getRunnable();

    /// How many wait. Takes a look at each.
    int getWaiting();

    /// How many have been found to have leaked.
    int getLeaked();

    /// How many have been started so far.
    long getStarted();

    /// How many may run at the same time.
    int getGomaxprocs();

    /// `GOFER` or `JDK`.
    String getScheduler();

    /// How many threads of the operating system run goroutines, or may.
    int getCarriers();

    /// How many goroutines queue for a processor.
    int getQueued();

    /// How many carriers wait until one of the others does not come back; -1 on the JDK's scheduler, as the next four.
    int getSpareCarriers();

    /// How many carriers wait because there is nothing to do.
    int getParkedCarriers();

    /// How often a goroutine has got a processor: for its first turn, and again after each time that it parked, because it had
    /// to wait or let others go first.
    long getTurns();

    /// How often a carrier that had nothing to do has taken goroutines from another's queue.
    long getSteals();

    /// How often a goroutine has lost its processor since it did not give it back.
    long getTakeOvers();

    /// What has happened on the channels that have a name, by name.
    List<NamedChan> getNamedChans();
}
