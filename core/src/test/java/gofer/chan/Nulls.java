package gofer.chan;

/// The null that a caller without null checks would pass.
final class Nulls {

    private Nulls() {}

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T nothing() {
        return null;
    }
}
