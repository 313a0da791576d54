package gofer.context;

/// What tests may see of a context.
public final class Innards {

    private Innards() {}

    /// How many children and functions `context` would take along when it ends.
    public static int dependents(CancelContext context) {
        return context.dependents();
    }

    /// Whether the `done` of `context` has been made.
    public static boolean hasDone(CancelContext context) {
        return context.done != null;
    }
}
