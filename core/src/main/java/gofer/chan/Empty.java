package gofer.chan;

/// No value is ready to be received.
public record Empty<T>() implements Polled<T> {}
