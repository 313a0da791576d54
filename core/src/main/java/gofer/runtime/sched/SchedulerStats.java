package gofer.runtime.sched;

/// The statistics of a scheduler. Each number is a snapshot; -1 if it is not known.
///
/// @param procs the number of goroutines that may run at the same time
/// @param carriers the number of threads that run goroutines or stand by to run them
/// @param spares the number of carriers that hold no processor
/// @param parked the number of carriers that have nothing to run
/// @param queued the number of goroutines that wait for a processor
/// @param turns how many times a goroutine has been given a processor: for its first turn, and after each wait or yield
/// @param steals how many times a carrier has taken goroutines from another's queue
/// @param takeOvers how many times a goroutine has lost its processor
public record SchedulerStats(
        int procs, int carriers, int spares, int parked, int queued, long turns, long steals, long takeOvers) {}
