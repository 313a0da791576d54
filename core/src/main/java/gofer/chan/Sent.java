package gofer.chan;

/// The result of a send arm of a select: the value has been sent.
public record Sent() {

    static final Sent INSTANCE = new Sent();
}
