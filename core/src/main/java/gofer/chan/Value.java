package gofer.chan;

/// A value that was received.
public record Value<T>(T value) implements Received<T> {}
