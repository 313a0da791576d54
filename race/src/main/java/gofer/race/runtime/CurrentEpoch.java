package gofer.race.runtime;

/// The epoch of a strand now. It is an object of its own, so that what refers to it does not keep the strand.
final class CurrentEpoch {

    /// The epoch of accesses; 0 while they do not count.
    long value;
}
