package shop.agent;

import gofer.goroutine.Body;
import shop.ShopRuns.Work;

/// A program of plain Java that goes wrong under some schedule; and the same, mended.
///
/// @param name what its threads share
/// @param program what is run
record Race(String name, Program program) {

    /// Runs what two threads do, each with `lock`.
    interface Program {
        void run(Lock lock) throws Exception;
    }

    /// Carries out a piece of work: under a monitor in the mended program, just so in the other.
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
