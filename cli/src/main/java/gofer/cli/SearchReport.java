package gofer.cli;

import gofer.testing.Exploration;
import gofer.testing.Fault;
import gofer.testing.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The readable report of a search.
///
/// @param result the result of the search
/// @param program the file and the arguments, as they were entered
record SearchReport(Exploration result, List<String> program) {
    private static final int MAX_OUTPUTS = 10; // each schedule may have a different output
    private static final int MAX_LINES = 20; // of each output

    String text() {
        var text = new StringBuilder(result.summary()).append('\n');
        List<Fault> faults = result.faults();
        if (faults.isEmpty()) text.append("no fault\n");
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            text.append("\nfault ").append(i + 1).append(" of ").append(faults.size()).append(": ");
            text.append(SearchReport.text(fault)).append("\nschedule ").append(fault.schedule());
            text.append("; ").append(howToReplay(fault)).append('\n');
        }
        if (result.outcomes().size() > 1) text.append(outputs());
        return text.toString();
    }

    private String howToReplay(Fault fault) {
        return fault.token().isEmpty() ? fault.noReplay() : "to replay it: " + replay(fault.token());
    }

    /// Returns the text of a fault, without instructions to replay it.
    static String text(Fault fault) {
        return Stream.of(fault.message(), fault.detail(), fault.steps())
                .map(String::stripTrailing)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private String outputs() {
        var text = new StringBuilder("\n" + result.outcomes().size() + " different outputs:\n");
        result.outcomes().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Outcome::count).reversed()))
                .limit(MAX_OUTPUTS)
                .forEach(output -> text.append(one(output.getKey(), output.getValue())));
        int others = result.outcomes().size() - MAX_OUTPUTS;
        if (others > 0) text.append("\nand ").append(others).append(" others\n");
        return text.toString();
    }

    private String one(String output, Outcome outcome) {
        var text = new StringBuilder("\n");
        text.append(outcome.count()).append(outcome.count() == 1 ? " schedule: " : " schedules: ");
        text.append(outcome.token().isEmpty() ? "it cannot be replayed" : replay(outcome.token())).append('\n');
        if (output.isEmpty()) text.append("    (nothing)\n");
        output.lines().limit(MAX_LINES).forEach(line -> text.append("    ").append(line).append('\n'));
        if (output.lines().skip(MAX_LINES).findAny().isPresent()) text.append("    ...\n");
        return text.toString();
    }

    private String replay(String token) {
        return "./gofer run --replay "
                + token
                + program.stream().map(SearchReport::quoted).collect(Collectors.joining(" ", " ", ""));
    }

    /// Quotes a word for the shell.
    private static String quoted(String word) {
        return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
