package gofer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `./gofer bench [--quick] [ROW...]`.
///
/// Runs every row, or those whose names begin like one of the arguments, for all peers found on this machine. If it ran all
/// rows, it writes `docs/benchmarks.md` and its charts. Otherwise it prints the tables. With `--quick`, it does a tenth of the
/// operations, starts one process of each peer, and prints the tables.
final class Bench {

    /// The row that runs with different numbers of processors.
    private static final String SCALED = "stream-100x100-128";

    private Bench() {}

    /// The first argument is the root of the repository.
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        boolean quick = false;
        List<String> wanted = new ArrayList<>();
        for (String arg : List.of(args).subList(1, args.length)) {
            if (arg.equals("--quick")) {
                quick = true;
            } else {
                wanted.add(arg);
            }
        }
        List<Row> rows = choose(wanted);
        List<Competitor> competitors = Competitor.present(home);
        Contest contest = quick ? new Contest(competitors, 1, 3, 10) : new Contest(competitors, 3, 3, 1);
        Results results = run(contest, rows);
        if (wanted.isEmpty() && !quick) {
            Report.write(home.resolve("docs"), contest, results, scaling(contest));
            System.err.println("bench: wrote docs/benchmarks.md");
        } else {
            Report.figures(results).forEach(System.out::println);
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

    private static Results run(Contest contest, List<Row> rows) {
        Progress progress = new Progress(rows.size() * contest.steps());
        Results results = new Results();
        for (Row row : rows) {
            progress.begin(row.name());
            contest.run(row, results, progress);
            progress.end();
            System.out.println(Report.line(row, results.of(row)));
        }
        return results;
    }

    private static Map<String, List<Figure>> scaling(Contest contest) throws IOException {
        Row row = Rows.all().stream().filter(r -> r.name().equals(SCALED)).findFirst().orElseThrow();
        int cpus = Math.max(2, Runtime.getRuntime().availableProcessors());
        Map<String, List<Figure>> scaling = new LinkedHashMap<>();
        for (Competitor competitor : contest.competitors()) {
            if (competitor.name().equals(Competitor.GO) || competitor.name().equals(Competitor.GOFER)) {
                scaling.put(competitor.name(), contest.runWithProcs(competitor, row, cpus));
            }
        }
        return scaling;
    }
}
