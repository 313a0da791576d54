package gofer.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// The peer's side of the protocol: prints its version and its rows, and then runs the rows that the input names.
///
/// Input: `ROW N`, or `procs N`. Output: `MEASURED RESULT PROCESSOR`, or a line that begins with `!` and describes an error.
/// MEASURED is in nanoseconds unless [Rows] gives another unit. PROCESSOR is the processor time of the process during the run,
/// in nanoseconds.
public final class Peer {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final String version;
    private final Map<String, Measurement> rows = new LinkedHashMap<>();
    private IntConsumer procs =
            _ -> {
                throw new UnsupportedOperationException("procs");
            };

    /// A workload that measures itself.
    @FunctionalInterface
    public interface Measurement {

        /// Runs the workload with `n` operations, and returns the measured value and the result.
        Measured run(int n) throws Exception;
    }

    /// The outcome of a run.
    ///
    /// @param value in the row's unit, for all n operations
    /// @param result the result, which the bench checks
    public record Measured(long value, long result) {}

    /// Creates a peer without rows.
    ///
    /// @param version the version of the peer, for the report
    public Peer(String version) {
        this.version = version;
    }

    /// Adds a row. The bench measures its time.
    public Peer row(String name, Workload workload) {
        return measured(
                name,
                n -> {
                    long start = System.nanoTime();
                    long result = workload.run(n);
                    return new Measured(System.nanoTime() - start, result);
                });
    }

    /// Adds a row that measures itself.
    public Peer measured(String name, Measurement measurement) {
        rows.put(name, measurement);
        return this;
    }

    /// Sets the function that changes the number of processors.
    public Peer procs(IntConsumer procs) {
        this.procs = procs;
        return this;
    }

    /// Runs rows until the input ends.
    public void serve() throws IOException {
        System.out.println(version);
        System.out.println(String.join(" ", rows.keySet()));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        try {
            int n = Integer.parseInt(words[1]);
            if (words[0].equals("procs")) {
                procs.accept(n);
                return "0 0 0";
            }
            Measurement row = rows.get(words[0]);
            if (row == null) {
                throw new IllegalArgumentException("no row " + words[0]);
            }
            System.gc();
            long processor = SYSTEM.getProcessCpuTime();
            Measured measured = row.run(n);
            return measured.value() + " " + measured.result() + " " + (SYSTEM.getProcessCpuTime() - processor);
        } catch (Throwable failed) {
            return "!" + failed.toString().replace('\n', ' ');
        }
    }
}
