package gofer.runtime;

/// One of the things that a goroutine waits for.
///
/// @param purpose `to receive from`, `to send to`, or `for`
/// @param target the thing
/// @param blocker see [Waitable#blocker]
record Wait(String purpose, Waitable target, long blocker) {}
