package gofer.testing;

import gofer.runtime.goroutine.G;
import gofer.testing.race.MemoryAccess;
import gofer.testing.race.Race;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The report of a data race.
final class RaceReport {

    /// Between the variable and the places in a message.
    private static final String PLACES = ": ";

    private RaceReport() {}

    /// Reports the places only if the stack traces are known.
    ///
    /// @param access the later access
    /// @param names returns the name of a lock, as in the table of steps
    static Failure of(Race race, Access access, Function<Object, String> names) {
        String message = "data race on " + VariableKind.name(access);
        Throwable earlier = race.earlier().stack();
        Throwable later = race.later().stack();
        if (earlier == null || later == null) {
            return new Failure(Failure.Kind.RACE, message, "", null);
        }
        String places =
                Stream.of(kind(race.earlier()) + place(earlier), kind(race.later()) + place(later))
                        .sorted()
                        .collect(Collectors.joining(", "));
        boolean showsLocks = !race.earlier().locks().isEmpty() || !race.later().locks().isEmpty();
        String detail =
                text("", race.later(), later, showsLocks ? locks(race.later(), names) : "")
                        + "\n"
                        + text("earlier ", race.earlier(), earlier, showsLocks ? locks(race.earlier(), names) : "");
        return new Failure(Failure.Kind.RACE, message + PLACES + places, detail, null);
    }

    private static String locks(MemoryAccess access, Function<Object, String> names) {
        String held = access.locks().stream().map(names).distinct().collect(Collectors.joining(", "));
        return "\tholding " + (held.isEmpty() ? "no lock" : held) + "\n";
    }

    /// Returns whether two messages report races on the same variable, perhaps at other places.
    static boolean isOfSameVariable(String message, String other) {
        return variable(message).equals(variable(other));
    }

    private static String variable(String message) {
        int end = message.indexOf(PLACES);
        return end < 0 ? message : message.substring(0, end);
    }

    /// Returns, for example, ` at Shop.java:12`. Is the same in each run.
    private static String place(Throwable stack) {
        StackTraceElement[] frames = Loop.programOf(stack.getStackTrace());
        return " at "
                + (frames.length == 0 ? "an unknown place" : frames[0].getFileName() + ":" + frames[0].getLineNumber());
    }

    private static String kind(MemoryAccess access) {
        return access.writes() ? "write" : "read";
    }

    private static String text(String when, MemoryAccess access, Throwable stack, String locks) {
        Task task = (Task) access.strand().thread;
        StringBuilder text = new StringBuilder(when + kind(access) + " by goroutine " + task + ":\n");
        for (StackTraceElement frame : Loop.programOf(stack.getStackTrace())) {
            text.append("\tat ").append(frame).append('\n');
        }
        text.append(locks);
        if (task.goroutine instanceof G goroutine && goroutine.origin().isKnown() && task.starter != null) {
            text.append("\tstarted by goroutine ")
                    .append(task.starter)
                    .append(" at ")
                    .append(goroutine.origin().site())
                    .append('\n');
        }
        return text.toString();
    }
}
