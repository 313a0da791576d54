package gofer.testing.race;

/// Two accesses to the same variable, at least one of them a write, of which neither happens before the other.
///
/// @param earlier the access that was made first
/// @param later the other access
public record Race(MemoryAccess earlier, MemoryAccess later) {}
