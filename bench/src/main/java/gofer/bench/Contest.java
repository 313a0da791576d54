package gofer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs each row for all competitors that have it. They take turns, so that a disturbance of the machine affects all of them.
///
/// Each competitor has several processes, one after the other, because the JVM may compile the same program well in one process
/// and badly in the next.
///
/// @param starts the number of processes of each competitor
/// @param rounds the number of measured runs in each process
/// @param shrink the divisor of the number of operations of each row
record Contest(List<Competitor> competitors, int starts, int rounds, int shrink) {

    /// The warm-up lets the JVM compile what matters. It has at least this many runs, and takes at least [#WARM] nanoseconds.
    private static final int FEW = 3;

    private static final long WARM = TimeUnit.MILLISECONDS.toNanos(1500);

    /// Returns the number of operations of a run.
    int operations(Row row) {
        return Math.max(row.n() / shrink, Math.min(row.n(), 1000));
    }

    /// The process of a competitor, and its values so far.
    private record Entrant(PeerProcess peer, List<Double> values) {}

    /// Returns the figures of all competitors that have the row, by name. Leaves out a competitor that fails, and names it on
    /// standard error.
    Map<String, Figure> run(Row row, Progress progress) throws IOException {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int start = 0; start < starts; start++) {
            runOnce(row, values, progress);
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        values.forEach((name, all) -> {
            if (all.size() == starts * rounds) {
                figures.put(name, Figure.of(all));
            }
        });
        return figures;
    }

    /// Adds the values of one process of each competitor to `values`.
    private void runOnce(Row row, Map<String, List<Double>> values, Progress progress) throws IOException {
        int n = operations(row);
        List<PeerProcess> peers = new ArrayList<>();
        try {
            List<Entrant> entrants = new ArrayList<>();
            for (Competitor competitor : competitors) {
                PeerProcess peer = competitor.start();
                peers.add(peer);
                if (peer.has(row)) {
                    entrants.add(new Entrant(peer, values.computeIfAbsent(competitor.name(), _ -> new ArrayList<>())));
                }
            }
            List<Entrant> left = completed(entrants, entrant -> warmUp(entrant.peer, row, n), progress);
            for (int round = 0; round < rounds; round++) {
                left = completed(left, entrant -> entrant.values.add(entrant.peer.run(row, n) / (double) n), progress);
            }
        } finally {
            peers.forEach(PeerProcess::close);
        }
    }

    private interface Task {
        void run(Entrant entrant) throws IOException;
    }

    /// Returns the `entrants` that completed the task.
    private static List<Entrant> completed(List<Entrant> entrants, Task task, Progress progress) {
        List<Entrant> ran = entrants.stream().filter(entrant -> isRunBy(entrant, task, progress)).toList();
        progress.step();
        return ran;
    }

    private static boolean isRunBy(Entrant entrant, Task task, Progress progress) {
        try {
            task.run(entrant);
            return true;
        } catch (IOException failed) {
            progress.end();
            System.err.println("bench: " + failed.getMessage());
            return false;
        }
    }

    private static void warmUp(PeerProcess peer, Row row, int n) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < FEW || System.nanoTime() - start < WARM; i++) {
            peer.run(row, n);
        }
    }

    /// Returns the version that each competitor reports.
    List<String> versions() throws IOException {
        List<String> versions = new ArrayList<>();
        for (Competitor competitor : competitors) {
            try (PeerProcess peer = competitor.start()) {
                versions.add(peer.version());
            }
        }
        return versions;
    }

    int steps() {
        return starts * (1 + rounds);
    }

    /// Returns the figures of `name` with 1 to `most` processors.
    List<Figure> runWithProcs(String name, Row row, int most) throws IOException {
        Competitor competitor = competitors.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        int n = operations(row);
        List<List<Double>> values = new ArrayList<>();
        for (int procs = 1; procs <= most; procs++) {
            values.add(new ArrayList<>());
        }
        try (PeerProcess peer = competitor.start()) {
            warmUp(peer, row, n);
            for (int round = 0; round < starts * rounds; round++) {
                for (int procs = 1; procs <= most; procs++) {
                    peer.setProcs(procs);
                    values.get(procs - 1).add(peer.run(row, n) / (double) n);
                }
            }
        }
        return values.stream().map(Figure::of).toList();
    }
}
