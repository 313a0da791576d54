package gofer.bench;

/// One peer's program for a row.
@FunctionalInterface
public interface Workload {

    /// Runs it with `n` operations, and returns the result that the row checks.
    long run(int n) throws Exception;
}
