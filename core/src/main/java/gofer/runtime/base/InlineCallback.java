package gofer.runtime.base;

/// A function that a context can run on the thread that cancels it, without a goroutine. It is short, does not block,
/// and calls no user code.
public interface InlineCallback extends Runnable {}
