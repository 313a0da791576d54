package gofer.context;

/// Gives tests access to the internals of a context.
public final class Internals {

    private Internals() {}

    /// Returns how many children and functions end with `context`.
    public static int dependents(CancelContext context) {
        return context.dependents();
    }

    /// Returns whether the `done` channel of `context` has been created.
    public static boolean hasDone(CancelContext context) {
        return context.done != null;
    }
}
