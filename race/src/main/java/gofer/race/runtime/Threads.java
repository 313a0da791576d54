package gofer.race.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The edges of threads: their starts and their ends.
final class Threads {

    /// The part of a thread that its starter releases.
    private static final long START = -3;

    /// The part of a thread that it releases when it ends.
    private static final long END = -4;

    private Threads() {}

    /// Records that `strand` is about to start a thread.
    static void starting(Strand strand, Thread thread) {
        boolean knowsItself = thread.getUncaughtExceptionHandler() instanceof Started;
        Start start =
                new Start(
                        strand.release(),
                        Initializers.starting(thread),
                        knowsItself ? null : ThreadName.of(Thread.currentThread()),
                        knowsItself ? List.of() : StartStacks.here());
        Shadows.of(thread).put(START, start);
    }

    /// Makes a new strand, whose thread is the current one, know its start.
    static void begin(Strand strand, Thread thread) {
        Start start = null;
        if (Shadows.find(thread) instanceof Shadow shadow && shadow.take(START) instanceof Start known) {
            start = known;
            strand.acquire(start);
        }
        Initializers.begin(strand, thread, start != null && start.counts);
        strand.origin = new Origin(thread, start);
        Origins.add(strand.id(), strand.origin);
    }

    static void ended(Strand strand, Thread thread) {
        if (strand.hasEnded()) {
            return;
        }
        Stamp stamp = strand.end();
        Shadows.of(thread).put(END, stamp);
        Origins.end(strand);
        Initializers.end(strand);
    }

    static void joined(Strand strand, Thread thread) {
        if (Shadows.find(thread) instanceof Shadow shadow) {
            strand.acquire(shadow.get(END));
        }
    }

    /// The stamp of the start of a thread.
    static final class Start extends Stamp {

        final boolean counts; // see Initializers
        final @Nullable ThreadName starter; // null if the thread itself knows it
        final List<StackTraceElement> stack;

        Start(Stamp released, boolean counts, @Nullable ThreadName starter, List<StackTraceElement> stack) {
            super(released);
            this.counts = counts;
            this.starter = starter;
            this.stack = stack;
        }
    }
}
