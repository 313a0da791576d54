package gofer.conformance.leak;

import static gofer.Go.block;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Selects;
import gofer.context.Context;
import gofer.diagnostics.Leaks;
import gofer.diagnostics.Stuck;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/// Go's small cases. Goroutines that leak are named `leak`, all others `live`. Prints the number of each, how many of each are
/// found, and whether that is stable.
@SuppressWarnings("LockLeak")
final class MicroCases {

    private static final Chan<Integer> GLOBAL = Chan.make();
    private static final Duration LONG = Duration.ofHours(1);

    private static int leaks;

    private MicroCases() {}

    static void main(String[] args) {
        Go.main(() -> {
            start();
            int all = Go.numGoroutine();
            Eventually.that("all are found", () -> count("leak", Leaks.find()) >= leaks); // usually at once
            for (int i = 0; i < 2; i++) {
                List<Stuck> found = Leaks.find();
                IO.println(
                        "leak: "
                                + count("leak", found)
                                + " of "
                                + leaks
                                + ", live: "
                                + count("live", found)
                                + ", main: "
                                + found.stream().filter(s -> s.ids().contains(1L)).count()
                                + ", goroutines as before: "
                                + (Go.numGoroutine() == all));
            }
            String dump = Go.stacks();
            IO.println(
                    "in the dump: "
                            + dump.lines()
                                    .filter(line -> line.contains("\"leak\"") && line.contains(" (leaked)"))
                                    .count());
            IO.println(
                    "live ones in the dump as leaked: "
                            + dump.lines()
                                    .filter(line -> line.contains("\"live\"") && line.contains(" (leaked)"))
                                    .count());
        });
    }

    private static int count(String name, List<Stuck> found) {
        return found.stream()
                .filter(stuck -> stuck.text().contains('"' + name + '"'))
                .mapToInt(stuck -> stuck.ids().size())
                .sum();
    }

    /// This is a separate method, so that its variables keep nothing reachable after it has returned.
    @SuppressWarnings({"AwaitNotInLoop", "LockGuardsNothing", "LockTwice", "LostCancel"})
    private static void start() throws Exception {
        leak(WaitReason.CHAN_RECEIVE_NEVER, RecvChan.never()::recvOk);
        leak(WaitReason.CHAN_SEND_NEVER, () -> Chan.<Integer>never().send(1));
        leak(
                WaitReason.SELECT_NO_CASES,
                () -> {
                    throw block();
                });
        leak(
                WaitReason.SELECT_NO_CASES,
                () -> {
                    var _ = Selects.select(RecvChan.never());
                });
        Chan<Integer> one = Chan.make();
        leak(WaitReason.CHAN_RECEIVE, one::recv);
        Chan<Integer> two = Chan.make();
        leak(WaitReason.CHAN_SEND, () -> two.send(1));
        Chan<Integer> three = Chan.make();
        Chan<Integer> four = Chan.make();
        leak(
                WaitReason.SELECT,
                () -> {
                    var _ = select(three, four.sending(1));
                });
        var wg = new WaitGroup();
        wg.add(1);
        leak(WaitReason.WAIT_GROUP_WAIT, wg::await);
        leak(
                WaitReason.MUTEX_LOCK,
                () -> {
                    var own = new Mutex();
                    own.lock();
                    own.lock();
                });
        var mutex = new Mutex();
        mutex.lock();
        leak(WaitReason.MUTEX_LOCK, mutex::lock);
        var condMutex = new Mutex();
        var cond = new Cond(condMutex);
        leak(
                WaitReason.COND_WAIT,
                () -> {
                    condMutex.lock();
                    cond.await();
                });
        var written = new RWMutex();
        written.lock();
        leak(WaitReason.RWMUTEX_RLOCK, written::rLock);
        var read = new RWMutex();
        read.rLock();
        leak(WaitReason.RWMUTEX_LOCK, read::lock);
        Chan<Integer> there = Chan.make();
        Chan<Integer> back = Chan.make();
        leak(
                WaitReason.CHAN_RECEIVE,
                () -> {
                    there.recv();
                    back.send(1);
                });
        leak(
                WaitReason.CHAN_RECEIVE,
                () -> {
                    back.recv();
                    there.send(1);
                });
        var context = Context.background().withCancel();
        leak(WaitReason.CHAN_RECEIVE, context.done()::recvOk);

        live(WaitReason.CHAN_RECEIVE, GLOBAL::recv);
        live(WaitReason.SLEEP, () -> sleep(LONG));
        live(
                WaitReason.SELECT,
                () -> {
                    var _ = select(Chan.make(), Go.after(LONG));
                });
        live(WaitReason.CHAN_RECEIVE, Context.background().withTimeout(LONG).done()::recvOk);
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        live(WaitReason.OTHER, server::accept);
        Chan<Integer> chained = Chan.make(); // a live goroutine will wake it, and it will wake another
        live(
                WaitReason.CHAN_RECEIVE,
                () -> {
                    GLOBAL.recv();
                    chained.send(1);
                });
        live(WaitReason.CHAN_RECEIVE, chained::recv);
        Chan<Integer> timed = Chan.make();
        Go.afterFunc(LONG, () -> timed.send(1));
        live(WaitReason.CHAN_RECEIVE, timed::recv);
    }

    private static void leak(WaitReason reason, Body body) {
        leaks++;
        blocked("leak", reason, body);
    }

    private static void live(WaitReason reason, Body body) {
        blocked("live", reason, body);
    }

    private static void blocked(String name, WaitReason reason, Body body) {
        Goroutine goroutine = go(name, body);
        Eventually.blocked(goroutine, reason);
    }
}
