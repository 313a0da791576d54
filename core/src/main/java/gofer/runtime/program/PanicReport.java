package gofer.runtime.program;

import gofer.goroutine.FatalError;
import gofer.runtime.goroutine.G;
import gofer.runtime.watch.Dump;

/// The report that is printed when an exception leaves a goroutine: the exception, the goroutine with its stack and its
/// origin and, on request, all other goroutines.
final class PanicReport {

    private PanicReport() {}

    /// Returns the report, with a line break at the end.
    static String of(G g, Throwable thrown, Traceback traceback) {
        try {
            return switch (traceback) {
                case NONE -> headline(thrown);
                case SINGLE -> full(g, thrown);
                case ALL -> full(g, thrown) + others(g);
            };
        } catch (Throwable broken) { // the description of an exception may be code of the program, which may fail
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
