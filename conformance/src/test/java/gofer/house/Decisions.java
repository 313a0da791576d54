package gofer.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks the decision records in a folder and their index, `README.md`.
final class Decisions {
    private static final Pattern FILE = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

    /// Title, date, status, and the rest of the paragraph under the title.
    private static final Pattern HEAD =
            Pattern.compile(
                    "# (\\d+)\\. (\\S[^\\n]*)\\n\\n"
                            + "Date: (\\d{4}-\\d\\d-\\d\\d)\\. Status: (.*?)(?:, which .*?)?\\.(?:\\s(.*?))?\\n\\n.*",
                    Pattern.DOTALL);

    private static final Pattern STATUS =
            Pattern.compile("(accepted|superseded (in part )?by \\[.*)(, amended by \\[.*)?");
    private static final Pattern LINK = Pattern.compile("\\[(\\d+)]\\(([^)]*)\\)");
    private static final Pattern REPLACES = Pattern.compile("(?:Amends|Supersedes) \\[(\\d+)]");

    private record Decision(int number, String row, Set<Integer> later, Set<Integer> earlier) {}

    private Decisions() {}

    static List<String> faults(Path folder) throws IOException {
        var faults = new ArrayList<String>();
        var decisions = new ArrayList<Decision>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("README.md")) read(name, Files.readString(file), decisions, faults);
            }
        }
        List<String> rows =
                Files.readAllLines(folder.resolve("README.md")).stream().filter(l -> l.startsWith("| [")).toList();
        List<String> expected = decisions.stream().map(Decision::row).toList();
        expected.stream().filter(row -> !rows.contains(row)).forEach(row -> faults.add("the index lacks: " + row));
        rows.stream().filter(row -> !expected.contains(row)).forEach(row -> faults.add("no record matches: " + row));
        if (faults.isEmpty() && !rows.equals(expected)) faults.add("the index is not in the order of the numbers");
        for (Decision one : decisions) {
            for (Decision other : decisions) {
                boolean isReplaced = one.later.contains(other.number);
                if (isReplaced != other.earlier.contains(one.number)) {
                    faults.add(
                            "only "
                                    + (isReplaced ? one : other).number
                                    + " states that "
                                    + other.number
                                    + " replaces or amends "
                                    + one.number);
                }
            }
        }
        return faults;
    }

    private static void read(String name, String text, List<Decision> decisions, List<String> faults) {
        Matcher file = FILE.matcher(name);
        Matcher head = HEAD.matcher(text);
        if (!file.matches()
                || !head.matches()
                || Integer.parseInt(file.group(1)) != Integer.parseInt(head.group(1))
                || !STATUS.matcher(oneLine(head.group(4))).matches()) {
            faults.add(name + ": does not begin with '# NUMBER. TITLE' and 'Date: DATE. Status: STATUS.'");
            return;
        }
        String status = oneLine(head.group(4));
        String rest = head.group(5) == null ? "" : oneLine(head.group(5));
        String row = "| [%s](%s) | %s | %s | %s |".formatted(head.group(1), name, head.group(2), head.group(3), status);
        decisions.add(
                new Decision(Integer.parseInt(head.group(1)), row, numbers(LINK, status), numbers(REPLACES, rest)));
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }

    private static Set<Integer> numbers(Pattern pattern, String text) {
        var numbers = new TreeSet<Integer>();
        pattern.matcher(text).results().map(m -> Integer.parseInt(m.group(1))).forEach(numbers::add);
        return numbers;
    }
}
