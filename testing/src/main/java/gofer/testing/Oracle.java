package gofer.testing;

/// Decides how runs go: the whole of a strategy.
interface Oracle {

    /// What it answers to end a run that would only repeat others.
    int ABANDON = -1;

    /// Prepares for another run; false if there is none left.
    boolean next();

    /// Which option is taken, from 0; 0 goes on with who had the last turn, if that is possible.
    int choose(Choice choice);

    /// Only `task` can go on: 0, or [#ABANDON].
    default int goesOn(Task task) {
        return 0;
    }

    /// The run is over, after so many choices.
    void over(int choices);
}
