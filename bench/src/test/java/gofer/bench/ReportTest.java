package gofer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks the page of made-up results.
final class ReportTest {

    private static final Row PING_PONG = row("ping-pong");
    private static final Row MUTEX = row("mutex-2");
    private static final Row MEMORY = row("memory-million");

    private final Results results = new Results();

    @Test
    void rowsWhereGoferIsBehindAreFirstWithTheirReasons() {
        add(PING_PONG, Competitor.GO, 100);
        add(PING_PONG, Competitor.GOFER, 120);
        add(PING_PONG, Competitor.JDK_BY_DEFAULT, 50);
        add(PING_PONG, Competitor.PLAIN, 150);
        add(MUTEX, Competitor.GO, 10);
        add(MUTEX, Competitor.GOFER, 20);

        List<String> lines = Report.figures(results);

        assertThat(lines.getFirst()).isEqualTo("## Where Gofer is behind");
        assertThat(lines)
                .containsSubsequence(
                        Reasons.of(PING_PONG, Competitor.GOFER),
                        "| ping-pong | Gofer | 1.20 (1.18 to 1.22) | Go |",
                        Reasons.of(PING_PONG, Competitor.PLAIN),
                        "| ping-pong | Gofer, plain library | 3.00 (2.94 to 3.06) | JDK, defaults |",
                        "We do not know the reason for these:",
                        "| mutex-2 | Gofer | 2.00 (1.96 to 2.04) | Go |",
                        "## With the options of the launcher");
    }

    @Test
    void rangeWithOneIsNotBehind() {
        add(MUTEX, Competitor.GO, 100);
        add(MUTEX, Competitor.GOFER, 101);

        assertThat(Report.figures(results))
                .contains(
                        "Nowhere for certain in this run.",
                        "| mutex-2 | 100 ±1% | 101 ±1% |  |  |  |  | ≈ 1.01 (0.99 to 1.03) |  |");
    }

    @Test
    void bestPeerCounts() {
        add(PING_PONG, Competitor.PLAIN, 100);
        add(PING_PONG, Competitor.KOTLIN_BY_DEFAULT, 200);
        add(PING_PONG, Competitor.JDK_BY_DEFAULT, 400);

        assertThat(Comparison.PLAIN.of(results.of(PING_PONG)))
                .extracting(outcome -> outcome.peer(), outcome -> outcome.ratio().median())
                .containsExactly(Competitor.KOTLIN_BY_DEFAULT, 0.5);
    }

    @Test
    void tableOmitsRowsWithoutComparison() {
        add(PING_PONG, Competitor.GOFER, 100);
        add(PING_PONG, Competitor.TOKIO, 50);
        add(MUTEX, Competitor.GOFER, 100);

        assertThat(Table.RUST.lines(results.measured()))
                .containsExactly(
                        "| row | Gofer | Rust, crossbeam | Rust, tokio | Gofer / best of Rust |",
                        "|---|---|---|---|---|",
                        "| ping-pong | 100 ±1% |  | 50.0 ±1% | **2.00** (1.96 to 2.04) |");
    }

    @Test
    void processorTimeHasItsOwnTables() {
        add(PING_PONG, Competitor.GO, 100);
        add(PING_PONG, Competitor.GOFER, 100);
        add(MEMORY, Competitor.GO, 100);
        add(MEMORY, Competitor.GOFER, 100);

        List<String> lines = Report.figures(results);

        assertThat(lines.subList(lines.indexOf("## Processor time"), lines.size()))
                .contains("| ping-pong | 200 ±1% | 200 ±1% |  |  |  |  | ≈ 1.00 (0.98 to 1.02) |  |")
                .noneMatch(line -> line.startsWith("| memory-million"));
    }

    @Test
    void goalsThatAreStricterThanOneAreChecked() {
        Row row = row("stream-1x1-128");
        add(row, Competitor.GO, 100);
        add(row, Competitor.GOFER, 50);

        assertThat(Goals.missed(row, results.of(row)))
                .containsExactly("stream-1x1-128: 0.50 (0.49 to 0.51) of Go, not 0.4");
        assertThat(Goals.missed(MUTEX, results.of(row))).isEmpty();
    }

    @Test
    void pageHasChartsOfAllWaysToRunGofer(@TempDir Path folder) throws IOException {
        for (String peer : List.of(Competitor.GO, Competitor.GOFER, Competitor.WITH_FLAG, Competitor.PLAIN)) {
            add(row("ring-10"), peer, 100);
            add(row("ring-1000"), peer, 200);
        }

        Report.write(folder, new Contest(List.of(), 3, 3, 1), results, Map.of());

        assertThat(Files.readString(folder.resolve("benchmarks.md")))
                .startsWith("# Benchmarks\n")
                .contains("median of 3 processes", "in one of 20 comparisons", "- **ring-10** (");
        assertThat(Files.readString(folder.resolve("benchmarks-ratios.svg")))
                .contains("Gofer, with the launcher", Competitor.WITH_FLAG, Competitor.PLAIN)
                .containsSubsequence(">ring-10<", ">1.00<", ">1.00<", ">1.00<", ">ring-1000<");
        assertThat(Files.readString(folder.resolve("benchmarks-growth.svg")))
                .contains(">Gofer<")
                .doesNotContain(Competitor.PLAIN);
    }

    private static Row row(String name) {
        return Rows.all().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    /// Adds the figures of three processes around `time`, and twice as much processor time.
    private void add(Row row, String peer, double time) {
        List<Double> times = List.of(time * 0.99, time, time * 1.01);
        results.add(row, peer, Figure.of(times), Figure.of(times.stream().map(t -> 2 * t).toList()));
    }
}
