package gofer.chan;

/// The channel is closed, and every value that was sent on it has been received.
public record Closed<T>() implements Received<T> {}
