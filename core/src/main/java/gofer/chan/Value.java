package gofer.chan;

/// A value that has been received.
public record Value<T>(T value) implements Received<T> {}
