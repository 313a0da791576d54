package gofer.chan;

/// What a send arm of a select yields: the value has been sent.
public record Sent() {

    static final Sent INSTANCE = new Sent();
}
