package gofer.runtime.goroutine;

public record Origin(long creator, StackTraceElement site) {}
