package gofer.runtime.park;

/// The counts of all channels with the same name, for traces.
///
/// @param length the number of values in the channels
/// @param capacity the number of values that they have room for
/// @param sent the number of values sent so far
/// @param received the number of values received so far
public record ChanCounts(String name, int length, int capacity, long sent, long received) {}
