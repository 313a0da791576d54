package gofer.cli;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;

/// A replay of a schedule that a search has found.
final class Rerun {
    private Rerun() {}

    /// Runs `main`, reports faults on standard error, and returns the exit status.
    static int of(Body main, String token) {
        Exploration result;
        try {
            result = Explore.schedules(1).replayed(token, main);
        } catch (IllegalArgumentException garbled) {
            throw new UsageException(garbled.getMessage());
        }
        System.out.flush();
        result.notes().forEach(note -> System.err.println("note: " + note));
        for (Fault fault : result.faults()) System.err.print(SearchReport.text(fault));
        return result.faults().isEmpty() ? 0 : 2;
    }
}
