package shop.agent;

import gofer.goroutine.Body;
import shop.ShopRuns.Work;

/// A program of plain Java that fails under some schedule, and a corrected variant.
///
/// @param name what its threads share
/// @param program the program
record Race(String name, Program program) {

    /// Runs the two threads, each with `lock`.
    interface Program {
        void run(Lock lock) throws Exception;
    }

    /// Runs a piece of work, under a monitor in the corrected variant only.
    interface Lock {
        void in(Work work) throws Exception;
    }

    Body broken() {
        return () -> program.run(Work::run);
    }

    Body mended() {
        return () -> {
            var monitor = new Object();
            program.run(work -> {
                synchronized (monitor) {
                    work.run();
                }
            });
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
