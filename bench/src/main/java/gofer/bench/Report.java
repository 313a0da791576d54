package gofer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The figures as text.
final class Report {

    private static final List<Comparison> COMPARISONS =
            List.of(
                    Comparison.WITH_GO,
                    Comparison.ON_JVM,
                    Comparison.WITH_RUST,
                    Comparison.PLAIN,
                    Comparison.WITH_FLAG);

    private Report() {}

    /// Returns a line for the terminal.
    static String line(Row row, Map<String, Figure> figures) {
        Stream<String> ratios =
                COMPARISONS.stream().filter(c -> c.of(figures) != null).map(c -> c.heading() + " " + c.cell(figures));
        return "%-22s (%s)  %s".formatted(row.name(), row.unit(), String.join("; ", ratios.toList()));
    }

    /// Writes `benchmarks.md` and its charts into `folder`.
    static void write(Path folder, Contest contest, Results results, Map<String, List<Figure>> scaling)
            throws IOException {
        List<String> lines = new ArrayList<>();
        introduction(lines, contest);
        lines.addAll(figures(results));
        goals(lines, results.measured());
        growth(lines, scaling);
        rows(lines, contest, results);
        Files.write(folder.resolve("benchmarks.md"), lines);
        Files.writeString(folder.resolve("benchmarks-ratios.svg"), Chart.ratios(results.measured()));
        Files.writeString(folder.resolve("benchmarks-growth.svg"), Growth.chart(results.measured()));
    }

    private static void introduction(List<String> lines, Contest contest) throws IOException {
        String text =
                """
                # Benchmarks

                `./gofer bench` writes this page. A figure is the median of %d processes of a peer, which run one at a time. The
                figure of a process is the median of %d rounds. `±` is half the distance from the lowest to the highest process,
                as a share of the median. Lower is better. [The rows](#the-rows) are described below. Compare ratios, not times,
                because times depend on the machine.

                The range behind a ratio goes from the lowest to the highest ratio of a process of Gofer to a process of the
                other. Gofer is behind only if the whole range is above 1, and ahead only if it is below 1. With two equal peers,
                chance alone puts Gofer behind in one of %d comparisons. A ratio is **bold** if Gofer is behind, and `≈` says
                that it is neither ahead nor behind.

                %s. %s.
                """
                        .formatted(
                                contest.starts(),
                                contest.rounds(),
                                Ratio.oddsOfChance(contest.starts()),
                                Machine.describe(),
                                String.join("; ", contest.versions()));
        text.lines().forEach(lines::add);
        lines.add("");
    }

    /// Returns the sections that compare Gofer with the others.
    static List<String> figures(Results results) {
        List<String> lines = new ArrayList<>();
        behind(lines, results.measured());
        section(
                lines,
                "With the options of the launcher",
                "All peers on the JVM run with `"
                        + String.join(" ", Competitor.OPTIONS)
                        + "`, as programs do under `./gofer run`.",
                "",
                "![Gofer's time as a share of Go's](benchmarks-ratios.svg)");
        lines.addAll(Table.MAIN.lines(results.measured()));
        section(
                lines,
                "As a plain library, with the JVM's default options",
                "All peers run without any option of the JVM, except Gofer with the flag `"
                        + Competitor.OUR_SCHEDULER
                        + "`,",
                "which enables Gofer's scheduler.");
        lines.addAll(Table.BY_DEFAULT.lines(results.measured()));
        section(
                lines,
                "Compared with Rust",
                "crossbeam: threads and the locks of the standard library. tokio: tasks; its channels have a buffer and"
                        + " one receiver.",
                "Gofer has the options of the launcher.");
        lines.addAll(Table.RUST.lines(results.measured()));
        processor(lines, results.processor());
        return lines;
    }

    private static void section(List<String> lines, String title, String... text) {
        lines.addAll(List.of("", "## " + title, ""));
        lines.addAll(List.of(text));
        lines.add("");
    }

    private static void behind(List<String> lines, Map<Row, Map<String, Figure>> results) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        results.forEach((row, figures) -> {
            for (Comparison comparison : COMPARISONS) {
                Comparison.Outcome outcome = comparison.of(figures);
                if (outcome != null && outcome.ratio().isBehind()) {
                    byReason.computeIfAbsent(Reasons.of(row, comparison.ours()), _ -> new ArrayList<>())
                            .add(
                                    "| %s | %s | %s | %s |"
                                            .formatted(
                                                    row.name(),
                                                    comparison.ours(),
                                                    outcome.ratio().text(),
                                                    outcome.peer()));
                }
            }
        });
        lines.addAll(List.of("## Where Gofer is behind", ""));
        if (byReason.isEmpty()) {
            lines.add("Nowhere for certain in this run.");
        }
        List<String> unknown = byReason.remove("");
        byReason.forEach((reason, rows) -> group(lines, reason, rows));
        if (unknown != null) {
            group(lines, "We do not know the reason for these:", unknown);
        }
    }

    private static void group(List<String> lines, String reason, List<String> rows) {
        lines.addAll(List.of(reason, "", "| row | peer | ratio | to |", "|---|---|---|---|"));
        lines.addAll(rows);
        lines.add("");
    }

    private static void processor(List<String> lines, Map<Row, Map<String, Figure>> all) {
        Map<Row, Map<String, Figure>> results = new LinkedHashMap<>(all);
        results.keySet().removeIf(row -> !row.hasProcessorTime());
        section(
                lines,
                "Processor time",
                "Nanoseconds of processor time per operation, of the whole process: with collections and compilations"
                        + " during a run. A peer",
                "that keeps two cores busy takes more processor time than time. The JVM tells it in steps of 10 ms, so"
                        + " rows with short runs",
                "are less exact. The tables are those above.");
        for (Table table : List.of(Table.MAIN, Table.BY_DEFAULT, Table.RUST)) {
            lines.addAll(table.lines(results));
            lines.add("");
        }
    }

    private static void goals(List<String> lines, Map<Row, Map<String, Figure>> results) {
        List<String> missed =
                results.entrySet().stream()
                        .flatMap(entry -> Goals.missed(entry.getKey(), entry.getValue()).stream())
                        .toList();
        lines.addAll(List.of("## Where Gofer falls short of its goals", ""));
        if (missed.isEmpty()) {
            lines.add("Nowhere for certain in this run.");
        }
        missed.forEach(line -> lines.add("- " + line));
    }

    private static void growth(List<String> lines, Map<String, List<Figure>> scaling) {
        section(
                lines,
                "Growth",
                "![Cost of a hop by the number of goroutines](benchmarks-growth.svg)",
                "",
                "With 1, 2, ... processors, `stream-100x100-128` takes, in ns per value:");
        scaling.forEach((name, figures) ->
                lines.add("- " + name + ": " + String.join(", ", figures.stream().map(Figure::cell).toList())));
    }

    private static void rows(List<String> lines, Contest contest, Results results) {
        section(lines, "The rows");
        results.measured()
                .keySet()
                .forEach(row ->
                        lines.add(
                                "- **%s** (%s, n = %d): %s."
                                        .formatted(row.name(), row.unit(), contest.operations(row), row.text())));
    }
}
