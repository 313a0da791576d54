package gofer.runtime.base;

/// A function that a context may run itself when it is cancelled, instead of in a goroutine. It is short, does not
/// block, and calls no user code.
public interface InlineCallback extends Runnable {}
