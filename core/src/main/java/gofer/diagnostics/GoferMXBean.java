package gofer.diagnostics;

import gofer.runtime.annotation.CheckReturnValue;
import java.util.List;

/// Metrics of all goroutines, for JMX; see [Metrics]. Each value is a snapshot.
///
/// **Go:** `/sched/...` of `runtime/metrics`.
@CheckReturnValue
public interface GoferMXBean {

    /// Returns the number of goroutines that have not ended, including leaked ones.
    int getGoroutines();

    /// Returns the number of goroutines that run or are ready to run. Inspects every goroutine.
    int getRunnable();

    /// Returns the number of goroutines that wait. Inspects every goroutine.
    int getWaiting();

    /// Returns the number of goroutines that have been found to have leaked.
    int getLeaked();

    /// Returns the number of goroutines that have been started so far.
    long getStarted();

    /// Returns the number of goroutines that may run at the same time.
    int getGomaxprocs();

    /// Returns the scheduler in use: `GOFER` or `JDK`.
    String getScheduler();

    /// Returns the number of operating system threads that run goroutines or stand by to run them.
    int getCarriers();

    /// Returns the number of goroutines that are queued for a processor.
    int getQueued();

    /// Returns the number of carriers that stand by to replace one that blocks. -1 on the JDK's scheduler, as for the
    /// next four metrics.
    int getSpareCarriers();

    /// Returns the number of carriers that are parked because there is no work.
    int getParkedCarriers();

    /// Returns how often a goroutine has been given a processor: at its start, and again each time after it parked to
    /// wait or yielded to others.
    long getTurns();

    /// Returns how often a carrier without work has taken goroutines from another's queue.
    long getSteals();

    /// Returns how often a processor has been taken from a goroutine that did not give it up.
    long getTakeOvers();

    /// Returns the counts of the named channels, by name.
    List<NamedChan> getNamedChans();
}
