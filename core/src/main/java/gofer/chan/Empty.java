package gofer.chan;

/// There is nothing to receive at the moment.
public record Empty<T>() implements Polled<T> {}
