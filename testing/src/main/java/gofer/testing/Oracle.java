package gofer.testing;

/// The implementation of a strategy, which makes the choices of runs.
interface Oracle {

    /// The choice that ends a run because it would only repeat others.
    int ABANDON = -1;

    /// Prepares for another run. Returns false if none is left.
    default boolean next() {
        return true;
    }

    /// Returns the option to take, from 0. Option 0 continues the task that had the last turn, if that is possible.
    int choose(Choice choice);

    /// Called if only `task` can continue. Returns 0 or [#ABANDON].
    default int continueOnly(Task task) {
        return 0;
    }

    /// Called when a run has ended, after this number of choices.
    default void ended(int choices) {}
}
