package gofer.runtime.program;

import gofer.goroutine.FatalError;
import gofer.runtime.goroutine.G;
import gofer.runtime.watch.Dump;

/// What is printed when an exception leaves a goroutine: what was thrown, by which goroutine, where, who started it, and, on
/// request, what the others do.
final class PanicReport {

    private PanicReport() {}

    /// The report, and a line break.
    static String of(G g, Throwable thrown, Traceback traceback) {
        try {
            return switch (traceback) {
                case NONE -> headline(thrown);
                case SINGLE -> full(g, thrown);
                case ALL -> full(g, thrown) + others(g);
            };
        } catch (Throwable broken) { // an exception may describe itself by code of the program's, and that may fail
            return brief(g, thrown, broken);
        }
    }

    private static String headline(Throwable thrown) {
        String headline = thrown instanceof FatalError ? "fatal error: " + thrown.getMessage() : "panic: " + thrown;
        return headline + System.lineSeparator();
    }

    private static String others(G g) {
        String others = Dump.allBut(g).text();
        return others.isEmpty() ? "" : System.lineSeparator() + others;
    }

    private static String full(G g, Throwable thrown) {
        StringBuilder text = new StringBuilder(headline(thrown));
        text.append(System.lineSeparator()).append(g).append(" [running]:").append(System.lineSeparator());
        new PanicTrace(text).append(thrown);
        return text.append(g.creation()).toString();
    }

    private static String brief(G g, Throwable thrown, Throwable broken) {
        return "panic: "
                + thrown.getClass().getName()
                + " (no details: its description failed with "
                + broken.getClass().getName()
                + ")\n\n"
                + g
                + " [running]:\n"
                + g.creation();
    }
}
