package shop.agent;

import gofer.goroutine.Body;
import shop.ShopRuns.Work;

/// A program of plain Java that fails under some schedules, and a corrected variant.
///
/// @param name what its threads share
/// @param program the program
record Race(String name, Program program) {

    /// Runs the two threads, each with `lock`.
    interface Program {
        void run(Lock lock) throws Exception;
    }

    /// Runs a piece of work. The corrected variant holds a monitor.
    interface Lock {
        void in(Work work) throws Exception;
    }

    Body faulty() {
        return () -> program.run(Work::run);
    }

    Body correct() {
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
