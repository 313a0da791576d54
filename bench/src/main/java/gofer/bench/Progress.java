package gofer.bench;

import java.io.Console;
import java.time.Duration;

/// A progress bar with the remaining time, on standard error if that is a terminal.
final class Progress {

    private static final int WIDTH = 30;

    private final int total;
    private final long start = System.nanoTime();
    private final boolean shown = System.console() instanceof Console console && console.isTerminal();
    private String label = "";
    private int done;

    Progress(int total) {
        this.total = total;
    }

    void begin(String label) {
        this.label = label;
        show();
    }

    void step() {
        done++;
        show();
    }

    /// Removes the bar.
    void end() {
        if (shown) {
            System.err.print("\r\033[K");
        }
    }

    private void show() {
        if (!shown) {
            return;
        }
        int filled = WIDTH * done / total;
        String left = "";
        if (done > 0) {
            Duration rest = Duration.ofNanos((System.nanoTime() - start) / done * (total - done));
            left = "%d:%02d left".formatted(rest.toMinutes(), rest.toSecondsPart());
        }
        System.err.printf(
                "\r\033[K[%s%s] %3d%% %s %s",
                "#".repeat(filled), ".".repeat(WIDTH - filled), 100 * done / total, left, label);
    }
}
