package gofer.diagnostics;

import static gofer.Go.block;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.group.Weighted;
import gofer.runtime.lock.Internals;
import gofer.runtime.park.RecordedSites;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Dumps show every kind of wait of goroutines, platform threads and plain virtual threads.
@SuppressWarnings("LockLeak")
class WaitsInDumpsTest {

    private enum Kind {
        GOROUTINE,
        PLATFORM,
        VIRTUAL;

        Thread start(String name, Body body) {
            Runnable task =
                    () -> {
                        try {
                            body.run();
                        } catch (InterruptException stop) {
                            assertThat(Thread.interrupted()).isTrue();
                        } catch (Throwable failed) {
                            throw new AssertionError(failed);
                        }
                    };
            return switch (this) {
                case GOROUTINE -> Go.go(name, task::run).thread();
                case PLATFORM -> Thread.ofPlatform().daemon().name(name).start(task);
                case VIRTUAL -> Thread.ofVirtual().name(name).start(task);
            };
        }

        String head(String name) {
            return (this == GOROUTINE ? "goroutine \\d+ \"" : "thread \"") + Pattern.quote(name) + '"';
        }
    }

    /// @param waits what the dump shows about the wait; empty if nothing
    private record Case(String name, WaitReason reason, String waits, Body body) {}

    private final List<Thread> all = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        all.forEach(Thread::interrupt);
        for (Thread thread : all) {
            assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        }
    }

    @SuppressWarnings("AwaitNotInLoop")
    private static List<Case> cases() {
        RecordedSites.await();
        Chan<Integer> empty = Chan.make();
        Chan<Integer> full = Chan.make(1);
        full.send(1);
        var mutex = new Mutex();
        mutex.lock();
        var rw = new RWMutex();
        rw.lock();
        var group = new WaitGroup();
        group.add(1);
        var own = new Mutex();
        var cond = new Cond(own);
        var permits = new Weighted(2);
        permits.acquire(2);
        String made = ", made at gofer.diagnostics.WaitsInDumpsTest.cases\\(WaitsInDumpsTest.java:\\d+\\)";
        String me = ", blocked by thread \"" + Pattern.quote(Thread.currentThread().getName()) + '"';
        String chan = "chan \\d+ \\(len \\d, cap \\d, receivers \\d, senders \\d\\)" + made;
        return List.of(
                new Case("recv", WaitReason.CHAN_RECEIVE, "to receive from " + chan, empty::recv),
                new Case("send", WaitReason.CHAN_SEND, "to send to " + chan, () -> full.send(2)),
                new Case(
                        "select",
                        WaitReason.SELECT,
                        "to receive from " + chan,
                        () -> {
                            var _ = select(empty, full.sending(2));
                        }),
                new Case("recv never", WaitReason.CHAN_RECEIVE_NEVER, "", RecvChan.never()::recvOk),
                new Case("send never", WaitReason.CHAN_SEND_NEVER, "", () -> Chan.<Integer>never().send(1)),
                new Case(
                        "block",
                        WaitReason.SELECT_NO_CASES,
                        "",
                        () -> {
                            throw block();
                        }),
                new Case("sleep", WaitReason.SLEEP, "", () -> sleep(Duration.ofHours(1))),
                new Case("mutex", WaitReason.MUTEX_LOCK, "for mutex .*" + made + me, mutex::lock),
                new Case("reader", WaitReason.RWMUTEX_RLOCK, "for rwmutex .*" + made + me, rw::rLock),
                new Case("writer", WaitReason.RWMUTEX_LOCK, "for rwmutex .*" + made + me, rw::lock),
                new Case("group", WaitReason.WAIT_GROUP_WAIT, "for wait group .*" + made, group::await),
                new Case(
                        "cond",
                        WaitReason.COND_WAIT,
                        "for cond .*" + made,
                        () -> {
                            try (var _ = own.lock()) {
                                cond.await();
                            }
                        }),
                new Case(
                        "semaphore",
                        WaitReason.SEMAPHORE_ACQUIRE,
                        "for 2 permits of semaphore \\p{XDigit}+ \\(size 2, taken 2, waiting \\d\\)" + made,
                        () -> permits.acquire(2)),
                new Case(
                        "too many",
                        WaitReason.SEMAPHORE_ACQUIRE,
                        "for 3 permits, more than there ever are, of semaphore \\p{XDigit}+ \\(size 2, .*\\)" + made,
                        () -> permits.acquire(3)));
    }

    @Test
    void everyWaitReasonIsTested() {
        assertThat(cases())
                .extracting(Case::reason)
                .containsAll(EnumSet.complementOf(EnumSet.of(WaitReason.NONE, WaitReason.OTHER)));
    }

    @Test
    void waitIsShownWithReasonTargetPlaceAndTime() {
        List<Case> cases = cases();
        for (Case wait : cases) {
            for (Kind kind : Kind.values()) {
                Thread thread = kind.start(wait.name + " by " + kind, wait.body);
                all.add(thread);
                Eventually.that(wait + " by " + kind, () -> Internals.sleepsFor(thread, wait.reason));
            }
        }
        Eventually.that("they have waited for a second", () -> cases.stream().allMatch(WaitsInDumpsTest::isTimed));
        String dump = Go.stacks();
        for (Case wait : cases) {
            for (Kind kind : Kind.values()) {
                String name = wait.name + " by " + kind;
                assertThat(dump)
                        .containsPattern(
                                "(?m)^"
                                        + kind.head(name)
                                        + " \\["
                                        + Pattern.quote(wait.reason.toString())
                                        + ", \\d+ seconds\\]:\n"
                                        + "(\tat gofer.diagnostics.WaitsInDumpsTest.*\n"
                                        + "(\tat .*\n"
                                        + ")*)"
                                        + (wait.waits.isEmpty() ? "(?!\twaits )" : "\twaits " + wait.waits + "\n"));
            }
        }
    }

    private static boolean isTimed(Case wait) {
        String dump = Go.stacks();
        return Pattern.compile(Pattern.quote(wait.name) + " by \\w+\" \\[.*, \\d+ seconds\\]:")
                        .matcher(dump)
                        .results()
                        .count()
                == Kind.values().length;
    }
}
