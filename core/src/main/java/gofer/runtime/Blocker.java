package gofer.runtime;

/// A goroutine in whose way others wait.
///
/// @param id its id
/// @param text `goroutine 7 "name"`
record Blocker(long id, String text) {}
