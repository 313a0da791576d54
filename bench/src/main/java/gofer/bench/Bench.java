package gofer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `./gofer bench [--quick] [ROW...]`.
final class Bench {

    private static final String USAGE =
            """
            usage: gofer bench [--quick] [ROW...]
            Runs every row, or those whose names begin like one of the arguments, for all peers found on this machine,
            prints the figures, and, if it ran all rows, writes docs/benchmarks.md and its charts.
            --quick: a tenth of the operations, one process of each peer; writes nothing.
            """;

    /// The row that runs with different numbers of processors.
    private static final String SCALED = "stream-100x100-128";

    private Bench() {}

    /// The first argument is the root of the repository.
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        boolean quick = false;
        List<String> wanted = new ArrayList<>();
        for (String arg : List.of(args).subList(1, args.length)) {
            switch (arg) {
                case "--quick" -> quick = true;
                case "--help", "-h" -> {
                    System.out.print(USAGE);
                    return;
                }
                default -> wanted.add(arg);
            }
        }
        List<Row> rows = choose(wanted);
        List<Competitor> competitors = Competitor.present(home.resolve("bench/src/main/go"));
        Contest contest = quick ? new Contest(competitors, 1, 3, 10) : new Contest(competitors, 2, 3, 1);
        Map<Row, Map<String, Figure>> results = run(contest, rows);
        if (wanted.isEmpty() && !quick) {
            Map<String, List<Figure>> scaling = scaling(contest, rows);
            Report.write(home.resolve("docs"), contest, results, scaling);
            System.err.println("bench: wrote docs/benchmarks.md");
        }
    }

    private static List<Row> choose(List<String> wanted) {
        for (String name : wanted) {
            if (Rows.all().stream().noneMatch(row -> row.name().startsWith(name))) {
                System.err.println("bench: there is no row " + name + "; there are:");
                Rows.all().forEach(row -> System.err.println("  " + row.name()));
                System.exit(2);
            }
        }
        return Rows.all().stream()
                .filter(row -> wanted.isEmpty() || wanted.stream().anyMatch(row.name()::startsWith))
                .toList();
    }

    private static Map<Row, Map<String, Figure>> run(Contest contest, List<Row> rows) throws IOException {
        Progress progress = new Progress(rows.size() * contest.steps());
        Map<Row, Map<String, Figure>> results = new LinkedHashMap<>();
        for (Row row : rows) {
            progress.begin(row.name());
            Map<String, Figure> figures = contest.run(row, progress);
            results.put(row, figures);
            progress.end();
            System.out.println(Report.line(row, figures));
        }
        return results;
    }

    private static Map<String, List<Figure>> scaling(Contest contest, List<Row> rows) throws IOException {
        Row row = rows.stream().filter(r -> r.name().equals(SCALED)).findFirst().orElseThrow();
        Map<String, List<Figure>> scaling = new LinkedHashMap<>();
        for (Competitor competitor : contest.competitors()) {
            if (competitor.name().equals(Competitor.GO) || competitor.name().equals(Competitor.GOFER)) {
                int cpus = Math.max(2, Runtime.getRuntime().availableProcessors());
                scaling.put(competitor.name(), contest.runWithProcs(competitor.name(), row, cpus));
            }
        }
        return scaling;
    }
}
