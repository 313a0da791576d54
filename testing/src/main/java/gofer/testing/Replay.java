package gofer.testing;

/// A strategy that makes the given choices, and then continues without preemption.
final class Replay implements Oracle {

    private final int[] choices;
    private int at;
    private boolean stale;

    Replay(int[] choices) {
        this.choices = choices;
    }

    @Override
    public boolean next() {
        at = 0;
        stale = false;
        return true;
    }

    @Override
    public int choose(Choice choice) {
        int option = at < choices.length ? choices[at] : 0;
        at++;
        if (option >= choice.size()) {
            stale = true;
            return 0;
        }
        return option;
    }

    @Override
    public void over(int made) {
        stale |= at < choices.length;
    }

    /// Returns whether the run could not make all the given choices. Then they belong to another program.
    boolean isStale() {
        return stale;
    }
}
