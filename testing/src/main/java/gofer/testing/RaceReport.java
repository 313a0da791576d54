package gofer.testing;

import gofer.runtime.goroutine.G;
import gofer.testing.race.Race;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The report of a data race.
final class RaceReport {

    private RaceReport() {}

    /// @param access the later access
    static Failure of(Race race, Access access) {
        String places =
                Stream.of(race.earlier(), race.later())
                        .map(RaceReport::place)
                        .sorted()
                        .collect(Collectors.joining(", "));
        String message = "data race on " + VariableKind.name(access) + ": " + places;
        String detail = text("", race.later()) + "\n" + text("earlier ", race.earlier());
        return new Failure(Failure.Kind.RACE, message, detail, null);
    }

    /// Returns, for example, `write at Shop.java:12`. Is the same in each run.
    private static String place(gofer.testing.race.Access access) {
        StackTraceElement[] stack = Loop.programOf(access.stack().getStackTrace());
        String place = stack.length == 0 ? "an unknown place" : stack[0].getFileName() + ":" + stack[0].getLineNumber();
        return kind(access) + " at " + place;
    }

    private static String kind(gofer.testing.race.Access access) {
        return access.writes() ? "write" : "read";
    }

    private static String text(String when, gofer.testing.race.Access access) {
        Task task = (Task) access.strand().thread;
        StringBuilder text = new StringBuilder(when + kind(access) + " by goroutine " + task + ":\n");
        for (StackTraceElement frame : Loop.programOf(access.stack().getStackTrace())) {
            text.append("\tat ").append(frame).append('\n');
        }
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
