package gofer.conformance.goroutine;

import static gofer.Go.block;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static gofer.Go.stacks;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.park.RecordedSites;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests the description of each goroutine in a dump.
@SuppressWarnings("LockLeak")
class StacksTest {

    private final Queue<Goroutine> waiting = new ConcurrentLinkedQueue<>();
    private final Chan<Integer> chan;
    private final Mutex mutex;
    private final RWMutex rw;

    StacksTest() {
        RecordedSites.await();
        chan = Chan.make();
        mutex = new Mutex();
        rw = new RWMutex();
    }

    @AfterEach
    void end() {
        for (Goroutine goroutine : waiting) {
            goroutine.thread().interrupt();
            Eventually.ended(goroutine);
        }
    }

    /// `rt/traceback_test.go`; the texts are Go's.
    @Test
    @Pins("GO-18")
    @SuppressWarnings("AwaitNotInLoop")
    void showsTheWaitReasonOfEachGoroutine() {
        mutex.lock();
        rw.lock();
        var wg = new WaitGroup();
        wg.add(1);
        wait("chan receive", WaitReason.CHAN_RECEIVE, chan::recv);
        wait("chan receive (nil chan)", WaitReason.CHAN_RECEIVE_NEVER, RecvChan.never()::recvOk);
        wait("chan send", WaitReason.CHAN_SEND, () -> Chan.<Integer>make().send(1));
        wait(
                "select",
                WaitReason.SELECT,
                () -> {
                    var _ = select(Chan.make(), Chan.make());
                });
        wait(
                "select (no cases)",
                WaitReason.SELECT_NO_CASES,
                () -> {
                    throw block();
                });
        wait("sleep", WaitReason.SLEEP, () -> sleep(Duration.ofHours(1)));
        wait("sync.Mutex.Lock", WaitReason.MUTEX_LOCK, mutex::lock);
        wait("sync.RWMutex.RLock", WaitReason.RWMUTEX_RLOCK, rw::rLock);
        wait("sync.RWMutex.Lock", WaitReason.RWMUTEX_LOCK, rw::lock);
        wait("sync.WaitGroup.Wait", WaitReason.WAIT_GROUP_WAIT, wg::await);
        wait(
                "sync.Cond.Wait",
                WaitReason.COND_WAIT,
                () -> {
                    var own = new Mutex();
                    try (var _ = own.lock()) {
                        new Cond(own).await();
                    }
                });
        wait(
                "waiting",
                WaitReason.OTHER,
                () -> {
                    while (!Thread.interrupted()) {
                        LockSupport.park();
                    }
                });
        String dump = stacks();
        for (Goroutine goroutine : waiting) {
            String head = "goroutine " + goroutine.id() + " \"" + goroutine.name() + "\" [" + goroutine.name() + "]:";
            assertThat(paragraph(dump, head)).endsWith("created by a thread at " + goroutine.createdAt());
        }
    }

    /// Shows only the frames of the program, from the wait to the start, and then the starter.
    @Test
    @Pins("GO-18")
    void showsTheStackAndTheStarter() {
        Chan<Goroutine> child = Chan.make(1);
        Goroutine parent =
                wait(
                        "parent",
                        WaitReason.CHAN_RECEIVE,
                        () -> {
                            child.send(wait("child", WaitReason.CHAN_RECEIVE, this::receiveBelow));
                            chan.recv();
                        });
        String name = Pattern.quote(getClass().getName());
        String lines = paragraph(stacks(), "goroutine " + child.recv().id() + " \"child\" [chan receive]:");
        assertThat(lines)
                .matches(
                        "goroutine \\d+ \"child\" \\[chan receive\\]:\\R"
                                + "\tat "
                                + name
                                + ".receiveBelow\\(StacksTest.java:\\d+\\)\\R"
                                + "(\tat "
                                + name
                                + "\\..*\\R)*"
                                + "\twaits to receive from .*\\R"
                                + "created by goroutine "
                                + parent.id()
                                + " at "
                                + name
                                + ".wait\\(StacksTest.java:\\d+\\)");
    }

    /// The calling goroutine is running, and comes first.
    @Test
    @Pins("GO-18")
    void beginsWithTheCaller() {
        Chan<String> dump = Chan.make(1);
        Goroutine caller = go("caller", () -> dump.send(stacks()));
        assertThat(dump.recv())
                .startsWith("goroutine " + caller.id() + " \"caller\" [running]:\n\tat " + getClass().getName());
        assertThat(stacks()).startsWith("thread \"" + Thread.currentThread().getName() + "\" [running]:\n\tat ");
    }

    /// Shows for each wait the state, what blocks it, and where the object was made.
    @Test
    @Pins("GO-18")
    @SuppressWarnings("AwaitNotInLoop")
    void showsWhatEachWaitsFor() {
        Chan<Integer> full = Chan.make(1);
        full.send(1);
        var wg = new WaitGroup();
        wg.add(2);
        var own = new Mutex();
        var cond = new Cond(own);
        Goroutine holder =
                wait(
                        "holder",
                        WaitReason.CHAN_RECEIVE,
                        () -> {
                            mutex.lock();
                            rw.rLock();
                            chan.recv();
                        });
        wait("send", WaitReason.CHAN_SEND, () -> full.send(2));
        wait(
                "select",
                WaitReason.SELECT,
                () -> {
                    var _ = select(chan, full.sending(3));
                });
        wait("mutex", WaitReason.MUTEX_LOCK, mutex::lock);
        Goroutine writer = wait("writer", WaitReason.RWMUTEX_LOCK, rw::lock);
        wait("reader", WaitReason.RWMUTEX_RLOCK, rw::rLock);
        wait("group", WaitReason.WAIT_GROUP_WAIT, wg::await);
        wait(
                "cond",
                WaitReason.COND_WAIT,
                () -> {
                    own.lock();
                    cond.await();
                });
        wait(
                "foreign",
                WaitReason.OTHER,
                () -> {
                    while (!Thread.interrupted()) {
                        LockSupport.park(this);
                    }
                });
        String dump = stacks();
        String made = "made at " + Pattern.quote(getClass().getName()) + "\\..*\\(StacksTest.java:\\d+\\)";
        assertWaits(dump, "send", "to send to chan \\d+ \\(len 1, cap 1, receivers 0, senders 2\\), " + made);
        assertWaits(
                dump,
                "select",
                "to receive from chan \\d+ \\(len 0, cap 0, receivers 2, senders 0\\), " + made,
                "to send to chan \\d+ \\(len 1, cap 1, receivers 0, senders 2\\), " + made);
        assertWaits(dump, "mutex", "for mutex \\p{XDigit}+ \\(locked, waiting 1\\), " + made + blockedBy(holder));
        String locked = "for rwmutex \\p{XDigit}+ \\(readers 1, waiting readers 1, waiting writers 1\\), " + made;
        assertWaits(dump, "writer", locked + blockedBy(holder));
        assertWaits(dump, "reader", locked + blockedBy(writer));
        assertWaits(dump, "group", "for wait group \\p{XDigit}+ \\(counter 2, waiting 1\\), " + made);
        assertWaits(dump, "cond", "for cond \\p{XDigit}+ \\(waiting 1\\), " + made);
        assertWaits(dump, "foreign", "for " + Pattern.quote(getClass().getName()) + " \\p{XDigit}+");
        mutex.unlock();
    }

    private static String blockedBy(Goroutine holder) {
        return ", blocked by goroutine " + holder.id() + " \"" + holder.name() + '"';
    }

    private void assertWaits(String dump, String name, String... lines) {
        Goroutine waiter = waiting.stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
        assertThat(
                        paragraph(dump, "goroutine " + waiter.id() + " ")
                                .lines()
                                .filter(line -> line.startsWith("\twaits ")))
                .zipSatisfy(List.of(lines), (line, pattern) -> assertThat(line).matches("\twaits " + pattern));
    }

    /// Equal goroutines share one entry.
    @Test
    @Pins("GO-18")
    void groupsEqualGoroutines() {
        List<Goroutine> crowd = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            crowd.add(go("crowd", chan::recvOk));
        }
        crowd.forEach(g -> Eventually.blocked(g, WaitReason.CHAN_RECEIVE));
        assertThat(stacks())
                .containsOnlyOnce("\"crowd\"")
                .containsPattern("10000 goroutines \"crowd\" \\(.*\\) \\[chan");
        chan.close();
        crowd.forEach(Eventually::ended);
    }

    private void receiveBelow() {
        chan.recv();
    }

    private Goroutine wait(String name, WaitReason reason, Body body) {
        Goroutine goroutine =
                go(
                        name,
                        () -> {
                            try {
                                body.run();
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        waiting.add(goroutine);
        Eventually.blocked(goroutine, reason);
        return goroutine;
    }

    /// Removes the time of the wait, because on a slow machine it may be a second.
    private static String paragraph(String dump, String head) {
        return Pattern.compile("\\R\\R")
                .splitAsStream(dump.replaceAll(", \\d+ seconds]:", "]:"))
                .map(String::strip)
                .filter(text -> text.startsWith(head))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + head + " in\n" + dump));
    }
}
