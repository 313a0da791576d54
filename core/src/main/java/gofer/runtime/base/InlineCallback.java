package gofer.runtime.base;

/// A function that a context may run itself when it is cancelled, instead of in a goroutine: it is short, does not wait,
/// and calls nothing of the user's.
public interface InlineCallback extends Runnable {}
