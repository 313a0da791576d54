package gofer.testing;

/// A strategy that makes the given choices, and then continues without preemption.
final class Replay implements Oracle {

    private final int[] choices;
    private int index;
    private boolean stale;

    Replay(int[] choices) {
        this.choices = choices;
    }

    @Override
    public boolean next() {
        index = 0;
        stale = false;
        return true;
    }

    @Override
    public int choose(Choice choice) {
        int option = index < choices.length ? choices[index] : 0;
        index++;
        if (option >= choice.size()) {
            stale = true;
            return 0;
        }
        return option;
    }

    @Override
    public void ended(int made) {
        stale |= index < choices.length;
    }

    /// Returns whether the run could not make all the given choices, so that they belong to another program.
    boolean isStale() {
        return stale;
    }
}
