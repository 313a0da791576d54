package gofer.conformance.deadlock;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.runtime.lock.Internals;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program whose main goroutine waits for a value, besides the source that the argument names. Prints what the watch says
/// could still wake it: `null` if something active could.
final class Asleep {

    private static final Chan<Integer> ANSWER = Chan.make();

    static void answer() {
        ANSWER.send(1);
    }

    /// The channel on which the main goroutine waits.
    static Chan<Integer> awaited() {
        return ANSWER;
    }

    public static void main(String[] args) {
        boolean idle = args[0].equals("Idle");
        Source source = idle ? Idle.valueOf(args[1]) : MayWake.valueOf(args[1]);
        Thread caller = Thread.currentThread();
        Go.main(() -> {
            Thread main = Thread.currentThread();
            source.open();
            Internals.startQuietThread(() -> ask(source, caller, main));
            ANSWER.recv();
            System.out.println("woken");
            Runtime.getRuntime().halt(0);
        });
    }

    private static void ask(Source source, Thread caller, Thread main) {
        Eventually.blocked(main, WaitReason.CHAN_RECEIVE);
        var found =
                new Object() {
                    @Nullable Set<String> chances = Internals.uncertainSources(caller);
                };
        if (source instanceof Idle) { // it may have been about to become idle
            Eventually.that(source + " is idle", () -> (found.chances = Internals.uncertainSources(caller)) != null);
        }
        System.out.println("chances: " + found.chances);
        if (source == MayWake.SHUTDOWN) {
            System.exit(0);
        }
        Runtime.getRuntime().halt(0);
    }
}
