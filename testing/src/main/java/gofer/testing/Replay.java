package gofer.testing;

/// Goes one way: the one that is given, and then on without preempting anybody.
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

    /// Whether the run did not come to all the choices that were given: then they are of another program.
    boolean isStale() {
        return stale;
    }
}
