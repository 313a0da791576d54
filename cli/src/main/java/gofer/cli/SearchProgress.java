package gofer.cli;

import gofer.testing.Exploration;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The progress of a search, shown on a terminal in a line that is overwritten.
final class SearchProgress implements Consumer<Exploration> {
    private static final long UPDATE_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200); // the time between two updates
    private static final String CLEAR = "\r\033[K";

    private final PrintStream terminal;
    private final long start = System.nanoTime();
    private long shown = start - UPDATE_INTERVAL;

    SearchProgress(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(Exploration soFar) {
        long now = System.nanoTime();
        if (now - shown < UPDATE_INTERVAL) return;
        shown = now;
        double seconds = Math.max(1e-3, (now - start) / 1e9);
        terminal.printf(
                "%s%d schedules of about %.3g, %.0f per second, %d faults ",
                CLEAR, soFar.schedules(), soFar.space(), soFar.schedules() / seconds, soFar.faults().size());
        terminal.flush();
    }

    /// Removes the line.
    void end() {
        terminal.print(CLEAR);
        terminal.flush();
    }
}
