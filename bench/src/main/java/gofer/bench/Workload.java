package gofer.bench;

/// One peer's program for a row.
@FunctionalInterface
public interface Workload {

    /// Runs the program with `n` operations, and returns the result.
    long run(int n) throws Exception;
}
