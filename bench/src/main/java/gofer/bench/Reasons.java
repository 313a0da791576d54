package gofer.bench;

/// Why Gofer is behind, as far as we know.
final class Reasons {

    private static final String SWITCH =
            "Each unbuffered hand-off switches virtual threads. A park and an unpark of the JVM alone take most of the"
                    + " time of Go's whole hand-off ([decision 12](decisions/0012-a-scheduler-of-our-own.md)).";
    private static final String SWITCH_WITH_G1 =
            SWITCH
                    + " With G1, the default collector, each reference that is stored in an old object also costs a"
                    + " fence ([decision 21](decisions/0021-the-launcher-chooses-the-jvms-options.md)).";
    private static final String OTHER_CARRIER =
            "On the JDK's scheduler, partners run on different carriers. Each hand-off moves several cache lines"
                    + " between two cores, more than that of a `SynchronousQueue` ([decision"
                    + " 35](decisions/0035-spin-before-a-park-on-the-jdks-scheduler.md)).";
    private static final String TIMERS =
            "Timers are those of the JDK: a sleep is a park with a deadline, and functions that run later use a pool of"
                    + " the JDK ([decision 4](decisions/0004-update-timer-channels-on-use.md)).";
    private static final String STACK =
            "A goroutine is a virtual thread, whose stack the JVM copies to the heap. A coroutine of Kotlin keeps only"
                    + " the variables that it needs later.";

    private Reasons() {}

    /// Returns the reason why the peer `ours` is behind in `row`; empty if it is not known.
    ///
    /// @param ours the name of a peer for Gofer
    static String of(Row row, String ours) {
        return switch (row.name()) {
            case "ping-pong",
                    "stream-1x1-0",
                    "stream-1x1-1",
                    "stream-4x4-0",
                    "stream-100x100-0",
                    "ring-10",
                    "ring-1000",
                    "ring-100000",
                    "ring-1000000",
                    "select-2",
                    "select-8",
                    "select-timer-quit",
                    "select-abandoned",
                    "sieve",
                    "cond-barrier",
                    "latency-p50" ->
                    handOff(ours);
            case "timer-after-func", "ticker" -> TIMERS;
            case "park-million", "memory-million" -> STACK;
            default -> "";
        };
    }

    private static String handOff(String ours) {
        return switch (ours) {
            case Competitor.GOFER -> SWITCH;
            case Competitor.WITH_FLAG -> SWITCH_WITH_G1;
            default -> OTHER_CARRIER;
        };
    }
}
