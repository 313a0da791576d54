package gofer.bench;

import java.util.List;
import java.util.stream.Stream;

/// All workloads, each with a description of its program, so that every peer implements the same one.
///
/// "Goroutine" and "channel" mean the peer's equivalents, such as a coroutine or a virtual thread. Values are integers, created
/// for each send (boxed in Java). `n` is the number of operations. The bench checks the result.
final class Rows {

    private Rows() {}

    static List<Row> all() {
        return Stream.of(handOff(), select(), starting(), sync(), time(), groups(), crowds(), crossbeam(), beyondGo())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> handOff() {
        return List.of(
                new Row("ping-pong", 300_000, "ns per round trip", n -> n)
                        .text(
                                "two goroutines, two unbuffered channels. One goroutine sends i on the first channel"
                                        + " and receives it on the second, n times. Result: how many values came back"
                                        + " unchanged"),
                stream(1, 1, 0, 1_000_000),
                stream(1, 1, 1, 1_000_000),
                stream(1, 1, 16, 3_000_000),
                stream(1, 1, 128, 3_000_000),
                stream(1, 1, 1024, 3_000_000),
                stream(4, 4, 0, 1_000_000),
                stream(4, 4, 128, 3_000_000),
                stream(100, 100, 0, 1_000_000),
                stream(100, 100, 128, 3_000_000),
                ring(10, 1_000_000),
                ring(1000, 1_000_000),
                ring(100_000, 1_000_000),
                ring(1_000_000, 2_000_000));
    }

    private static Row stream(int senders, int receivers, int capacity, int n) {
        return new Row("stream-" + senders + "x" + receivers + "-" + capacity, n, "ns per value", Rows::sum)
                .text(
                        "s senders send the numbers below n on one channel of capacity c. Each sends "
                                + "its n/s numbers in order. r receivers range over the channel, which is closed "
                                + "when all senders are done. Result: the sum of all received values");
    }

    private static Row ring(int size, int n) {
        return new Row("ring-" + size, n, "ns per hop", n2 -> n2)
                .text(
                        "a ring of k goroutines, with an unbuffered channel between neighbours. Each "
                                + "goroutine adds 1 to a token and passes it on, until it is n. Result: the "
                                + "token. The time includes the start of the ring");
    }

    private static List<Row> select() {
        return List.of(
                new Row("select-2", 500_000, "ns per value", Rows::sum)
                        .text(
                                "k senders, each with its own unbuffered channel, send n/k numbers each. One "
                                        + "receiver selects over all k channels, n times. Result: the sum"),
                new Row("select-8", 500_000, "ns per value", Rows::sum).text("as select-2, with k = 8"),
                new Row("select-2-both", 500_000, "ns per value", Rows::sum)
                        .text(
                                "two channels of capacity 128. Two senders send n/2 numbers each, by a select that"
                                        + " sends on either channel. One receiver selects over both. Result: the sum"),
                new Row("select-timer-quit", 500_000, "ns per value", Rows::sum)
                        .text(
                                "one sender sends the numbers below n on an unbuffered channel. The receiver "
                                        + "selects over this channel, a timer of one hour, created before and stopped "
                                        + "after, and a quit channel. Result: the sum"),
                new Row("select-default", 5_000_000, "ns per select", n -> n)
                        .text(
                                "one goroutine performs n selects with a default over an empty channel. Result: "
                                        + "how often the default was chosen"),
                new Row("select-abandoned", 1_000_000, "ns per select", Rows::sum)
                        .text(
                                "as select-timer-quit, but over the sender's channel and one idle channel. At "
                                        + "the end another goroutine sends 0 on the idle channel, and a plain receive "
                                        + "takes it. Result: the sum"));
    }

    private static List<Row> starting() {
        return List.of(
                new Row("start", 1_000_000, "ns per goroutine", n -> n)
                        .text(
                                "one goroutine starts n goroutines, which each add 1 to an atomic counter. It "
                                        + "waits for all with a wait group. Result: the counter"),
                new Row("start-chain", 100_000, "ns per goroutine", n -> n)
                        .text(
                                "goroutine i starts goroutine i + 1. The n-th sends n on a channel from which "
                                        + "the first caller receives. Result: the received value"),
                new Row("sieve", 2000, "ns per prime", Rows::prime)
                        .text(
                                "Go's prime sieve: a generator of 2, 3, ... and one filter goroutine for each "
                                        + "prime, with unbuffered channels. Result: the n-th prime. The end of the "
                                        + "remaining goroutines is not timed"));
    }

    private static List<Row> sync() {
        return List.of(
                mutex(1),
                mutex(2),
                mutex(100),
                rwmutex(1),
                rwmutex(2),
                rwmutex(100),
                new Row("wait-group", 2_000_000, "ns per add and done", n -> n)
                        .text(
                                "100 goroutines call add(1) and done() on one wait group, n/100 times each, and count"
                                    + " the calls. The main goroutine holds a count until all have started, then waits."
                                    + " Result: the sum of the counts"),
                new Row("cond-barrier", 300_000, "ns per arrival", n -> n)
                        .text(
                                "10 goroutines meet n/10 times at a barrier, which is a mutex and a condition. The last"
                                    + " goroutine to arrive starts the next round and broadcasts. Result: the number of"
                                    + " arrivals"),
                new Row("once", 20_000_000, "ns per call", n -> n + 1)
                        .text(
                                "2 goroutines call run on the same once, n/2 times each. Result: the number of "
                                        + "calls, plus how often its function ran"));
    }

    private static Row mutex(int goroutines) {
        return new Row("mutex-" + goroutines, 5_000_000, "ns per lock and unlock", n -> n)
                .text(
                        "g goroutines lock a mutex, add 1 to a plain counter and unlock, n/g times "
                                + "each. Result: the counter");
    }

    private static Row rwmutex(int goroutines) {
        return new Row("rwmutex-" + goroutines, 3_000_000, "ns per lock and unlock", n -> n / 10)
                .text(
                        "as mutex, but each goroutine locks for writing, and adds 1, only every tenth "
                                + "time (i % 10 == 0). Otherwise it locks for reading and reads the counter. "
                                + "Result: the counter");
    }

    private static List<Row> time() {
        return List.of(
                new Row("timer-after-func", 100_000, "ns per timer", n -> n)
                        .text(
                                "n functions are set to run after 1 to 10 ms (1 + i % 10). Each adds 1 to a "
                                        + "counter. Result: the counter, when all have run"),
                new Row("timer-reset", 100_000, "ns per reset", n -> n)
                        .text("one timer of an hour is reset n times. Result: how often it was still active"),
                new Row("ticker", 10_000, "ns per tick", n -> n)
                        .text("n/10 goroutines, each with a ticker of 1 ms, receive 10 ticks each. Result: the ticks"));
    }

    private static List<Row> groups() {
        return List.of(
                new Row("context-tree", 200_000, "ns per context", n -> n)
                        .text(
                                "n/1000 times, a tree of 1000 cancellable contexts is created, in which context i is a"
                                        + " child of context (i - 1) / 10. Then the root is cancelled. Result: how many"
                                        + " contexts are done"),
                new Row("err-group", 1_000_000, "ns per task", n -> n)
                        .text(
                                "an error group with a limit of 8 runs n tasks, which add 1 to an atomic "
                                        + "counter. Result: the counter"),
                new Row("semaphore", 1_000_000, "ns per acquire and release", n -> n)
                        .text(
                                "a weighted semaphore of size 10. 100 goroutines acquire 1 permit, count, and "
                                        + "release it, n/100 times each. Result: the sum of the counts"));
    }

    private static List<Row> crowds() {
        return List.of(
                new Row("park-million", 1_000_000, "ns per goroutine", n -> n)
                        .text(
                                "n goroutines start and receive from one channel. When all have started and had time to"
                                        + " park, the channel is closed, and all are waited for. Result: how many"
                                        + " goroutines ended"),
                new Row("memory-million", 1_000_000, "bytes per goroutine", n -> n)
                        .text(
                                "as park-million. The figure is the memory in use after a collection while all "
                                        + "goroutines are parked, minus the memory in use before"),
                new Row("latency-p50", 200_000, "ns per round trip", n -> 1)
                        .text(
                                "2 goroutines for each processor repeatedly compute for about 20 microseconds "
                                        + "and yield. At the same time, n round trips as in ping-pong are timed one by "
                                        + "one. The figure is the median. Result: 1"),
                new Row("latency-p99", 200_000, "ns per round trip", n -> 1)
                        .text("as latency-p50, but the 99th percentile"));
    }

    private static List<Row> crossbeam() {
        return List.of(
                new Row("crossbeam-seq", 2_000_000, "ns per value", Rows::sum)
                        .text(
                                "a channel of capacity n. One goroutine sends the numbers below n, then "
                                        + "receives n values. Result: the sum, also in the rows below"),
                new Row("crossbeam-spsc", 2_000_000, "ns per value", Rows::sum)
                        .text("a channel of capacity n; one sender, one receiver of n values"),
                new Row("crossbeam-mpsc", 2_000_000, "ns per value", Rows::sum)
                        .text("a channel of capacity n; 4 senders of n/4 each, one receiver"),
                new Row("crossbeam-mpmc", 2_000_000, "ns per value", Rows::sum)
                        .text("a channel of capacity n; 4 senders, 4 receivers of n/4 each"),
                new Row("crossbeam-select-rx", 500_000, "ns per value", Rows::sum)
                        .text(
                                "4 channels of capacity n. 4 senders, each on its own channel. One receiver "
                                        + "selects over all channels, n times"),
                new Row("crossbeam-select-both", 500_000, "ns per value", Rows::sum)
                        .text(
                                "4 channels of capacity n. 4 senders send n/4 values each, by a select over all"
                                    + " channels. 4 receivers receive n/4 values each, by a select over all channels"));
    }

    /// What Go does not have.
    private static List<Row> beyondGo() {
        return List.of(
                new Row("biased-2", 2_000_000, "ns per value", Rows::sum)
                        .text(
                                "two senders, each with its own channel of capacity 128, send n/2 numbers each. One"
                                        + " receiver performs n selects over both that prefer the first channel."
                                        + " Result: the sum"),
                new Row("stream-unbounded", 3_000_000, "ns per value", Rows::sum)
                        .text("as stream-1x1, on a channel without a limit"),
                new Row("latest", 3_000_000, "ns per value", n -> n - 1)
                        .text(
                                "one sender sends the numbers below n on a channel that keeps the latest value only,"
                                        + " and closes it. One receiver ranges over the channel. Result: the last"
                                        + " value that it received"),
                new Row("broadcast-4", 500_000, "ns per value", n -> 4 * sum(n))
                        .text(
                                "one sender sends the numbers below n to 4 subscribers, each with room for n values."
                                        + " Result: the sum of all received values"),
                new Row("results-100", 1_000_000, "ns per task", n -> n / 100 * sum(100))
                        .text(
                                "n/100 times, a group of 100 tasks that return their numbers. Result: the sum of all"
                                        + " results"));
    }

    private static long sum(long n) {
        return n * (n - 1) / 2;
    }

    private static long prime(long n) {
        int candidate = 1;
        for (long found = 0; found < n; ) {
            candidate++;
            boolean prime = true;
            for (int d = 2; d * d <= candidate && prime; d++) {
                prime = candidate % d != 0;
            }
            found += prime ? 1 : 0;
        }
        return candidate;
    }
}
