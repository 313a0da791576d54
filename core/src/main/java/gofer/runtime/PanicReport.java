package gofer.runtime;

import gofer.goroutine.FatalError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// What is printed when an exception leaves a goroutine: what was thrown, by which goroutine, where, who started it, and, on
/// request, what the others do.
final class PanicReport {

    private PanicReport() {}

    /// The report, and a line break. Trims the stack traces of `thrown`, which nobody else will see.
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
        StringWriter report = new StringWriter();
        PrintWriter out = new PrintWriter(report);
        out.println(headline(thrown));
        out.println(g + " [running]:");
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // causes may form a circle
        for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
            t.setStackTrace(Frames.withoutStart(t.getStackTrace()));
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            out.println("\tat " + frame);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            out.print("Suppressed: ");
            suppressed.printStackTrace(out);
        }
        if (thrown.getCause() != null) {
            out.print("Caused by: ");
            thrown.getCause().printStackTrace(out);
        }
        out.print(g.creation());
        return report.toString();
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
