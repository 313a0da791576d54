package gofer.runtime.sched;

/// What the scheduler has in hand, each number a snapshot; -1 for one that is not known.
///
/// @param procs how many goroutines may run at the same time
/// @param carriers how many threads run them, or may
/// @param spares how many of those hold no processor
/// @param parked how many have nothing to do
/// @param queued how many goroutines wait for a processor
/// @param turns how often a goroutine has got a processor: for its first turn, and after each wait or yield
/// @param steals how often one has helped itself from the queue of another
/// @param takeOvers how often a goroutine has lost its processor
public record SchedulerStats(
        int procs, int carriers, int spares, int parked, int queued, long turns, long steals, long takeOvers) {}
