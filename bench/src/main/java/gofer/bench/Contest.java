package gofer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs each row for all competitors that have it.
///
/// Each competitor has several processes, because the JVM may compile the same program well in one process and badly in the
/// next. The competitors take turns, one process at a time: the heaps of all together may be larger than the memory.
///
/// @param starts the number of processes of each competitor
/// @param rounds the number of measured rounds in each process
/// @param shrink the divisor of the number of operations of each row
record Contest(List<Competitor> competitors, int starts, int rounds, int shrink) {

    /// The warm-up lets the JVM compile what matters. It has at least this many runs, and takes at least [#WARM] nanoseconds.
    private static final int FEW = 3;

    private static final long WARM = TimeUnit.MILLISECONDS.toNanos(1500);

    /// A round repeats short runs for this long, because the JVM tells its processor time in steps of 10 ms.
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(200);

    /// Per operation: the measured value, and the nanoseconds of processor time.
    private record Sample(double measured, double processor) {}

    /// Returns the number of operations of a run.
    int operations(Row row) {
        return Math.max(row.n() / shrink, Math.min(row.n(), 1000));
    }

    /// Adds the figures of all competitors that have the row. Leaves out a competitor that fails, and names it on standard
    /// error.
    void run(Row row, Results results, Progress progress) {
        Map<Competitor, List<Sample>> samples = new LinkedHashMap<>();
        competitors.forEach(competitor -> samples.put(competitor, new ArrayList<>()));
        for (int start = 0; start < starts; start++) {
            for (Competitor competitor : competitors) {
                if (samples.containsKey(competitor) && !isRunBy(competitor, row, samples.get(competitor), progress)) {
                    samples.remove(competitor);
                }
                progress.step();
            }
        }
        samples.forEach((competitor, all) ->
                results.add(
                        row,
                        competitor.name(),
                        Figure.of(all.stream().map(Sample::measured).toList()),
                        Figure.of(all.stream().map(Sample::processor).toList())));
    }

    /// Adds the sample of a new process. Returns false if the competitor does not have the row, or if it fails.
    private boolean isRunBy(Competitor competitor, Row row, List<Sample> samples, Progress progress) {
        try (PeerProcess peer = competitor.start()) {
            if (peer.has(row)) {
                samples.add(sample(peer, row));
                return true;
            }
        } catch (IOException failed) {
            progress.end();
            System.err.println("bench: " + failed.getMessage());
        }
        return false;
    }

    /// Returns the median of the measured rounds, and the mean of their processor times.
    private Sample sample(PeerProcess peer, Row row) throws IOException {
        warmUp(peer, row);
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            samples.add(round(peer, row));
        }
        return new Sample(
                Figure.median(samples.stream().map(Sample::measured).toList()),
                samples.stream().mapToDouble(Sample::processor).average().orElseThrow());
    }

    private Sample round(PeerProcess peer, Row row) throws IOException {
        double measured = 0;
        double processor = 0;
        double operations = 0;
        long start = System.nanoTime();
        do {
            PeerProcess.Run run = peer.run(row, operations(row));
            measured += run.value();
            processor += run.processor();
            operations += operations(row);
        } while (System.nanoTime() - start < ROUND);
        return new Sample(measured / operations, processor / operations);
    }

    private void warmUp(PeerProcess peer, Row row) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < FEW || System.nanoTime() - start < WARM; i++) {
            peer.run(row, operations(row));
        }
    }

    /// Returns the versions that the competitors report.
    List<String> versions() throws IOException {
        List<String> versions = new ArrayList<>();
        for (Competitor competitor : competitors) {
            try (PeerProcess peer = competitor.start()) {
                versions.add(peer.version());
            }
        }
        return versions.stream().distinct().toList();
    }

    int steps() {
        return starts * competitors.size();
    }

    /// Returns the figures of `competitor` with 1 to `most` processors.
    List<Figure> runWithProcs(Competitor competitor, Row row, int most) throws IOException {
        List<List<Double>> values = new ArrayList<>();
        for (int procs = 1; procs <= most; procs++) {
            values.add(new ArrayList<>());
        }
        for (int start = 0; start < starts; start++) {
            try (PeerProcess peer = competitor.start()) {
                for (int procs = 1; procs <= most; procs++) {
                    peer.setProcs(procs);
                    values.get(procs - 1).add(sample(peer, row).measured);
                }
            }
        }
        return values.stream().map(Figure::of).toList();
    }
}
