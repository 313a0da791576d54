package gofer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs a row for all who have it, in turns: what disturbs the machine for a while disturbs all of them.
///
/// @param rounds that count
/// @param shrink how many times fewer operations than a row has
record Contest(List<Competitor> competitors, int rounds, int shrink) {

    /// Rounds before those that count: until the JVM has compiled what matters.
    private static final int WARM_UP = 8;

    /// How many of the operations of a row are run.
    int operations(Row row) {
        return Math.max(row.n() / shrink, Math.min(row.n(), 1000));
    }

    /// One who has the row, and its values so far.
    private record Entrant(String name, PeerProcess peer, List<Double> values) {}

    /// The figures of all who have the row, by name. Who fails is named on standard error, and left out.
    Map<String, Figure> run(Row row, Progress progress) throws IOException {
        int n = operations(row);
        List<PeerProcess> peers = new ArrayList<>();
        try {
            List<Entrant> entrants = new ArrayList<>();
            for (Competitor competitor : competitors) {
                PeerProcess peer = competitor.start();
                peers.add(peer);
                if (peer.has(row)) {
                    entrants.add(new Entrant(competitor.name(), peer, new ArrayList<>()));
                }
            }
            for (int round = -WARM_UP; round < rounds; round++) {
                int current = round;
                entrants.removeIf(entrant -> !enter(entrant, row, n, current, progress));
                progress.step();
            }
            Map<String, Figure> figures = new LinkedHashMap<>();
            entrants.forEach(entrant -> figures.put(entrant.name, Figure.of(entrant.values)));
            return figures;
        } finally {
            peers.forEach(PeerProcess::close);
        }
    }

    private static boolean enter(Entrant entrant, Row row, int n, int round, Progress progress) {
        try {
            double value = entrant.peer.run(row, n) / (double) n;
            if (round >= 0) {
                entrant.values.add(value);
            }
            return true;
        } catch (IOException failed) {
            progress.end();
            System.err.println("bench: " + failed.getMessage());
            return false;
        }
    }

    /// What each competitor says it is.
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
        return WARM_UP + rounds;
    }

    /// The figures of `name` with 1 to `most` processors.
    List<Figure> runWithProcs(String name, Row row, int most) throws IOException {
        Competitor competitor = competitors.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        int n = operations(row);
        List<List<Double>> values = new ArrayList<>();
        for (int procs = 1; procs <= most; procs++) {
            values.add(new ArrayList<>());
        }
        try (PeerProcess peer = competitor.start()) {
            for (int round = -WARM_UP; round < rounds; round++) {
                for (int procs = 1; procs <= most; procs++) {
                    peer.setProcs(procs);
                    double value = peer.run(row, n) / (double) n;
                    if (round >= 0) {
                        values.get(procs - 1).add(value);
                    }
                }
            }
        }
        return values.stream().map(Figure::of).toList();
    }
}
