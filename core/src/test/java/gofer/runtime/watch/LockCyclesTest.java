package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Rounds;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Party;
import gofer.runtime.lock.MutexCore;
import gofer.runtime.lock.RWMutexCore;
import gofer.runtime.lock.WeightedCore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LockCyclesTest {

    private static final int CROWD = 8;

    /// With a search that is quadratic in this number, the test would take minutes, or run out of memory.
    private static final int MANY = Rounds.of(100_000);

    private final List<G> all = new ArrayList<>();
    private final ChanCore never = new ChanCore(0);

    @AfterEach
    void end() {
        all.forEach(g -> g.thread().interrupt());
        all.forEach(Eventually::ended);
    }

    /// Starts a goroutine that runs `first`, and runs `second` when `proceed` is closed. Returns after `first`.
    private G start(Runnable first, ChanCore proceed, Runnable second) {
        ChanCore ready = new ChanCore(1);
        G g = start(first, ready, proceed, second);
        ready.recv(null);
        return g;
    }

    /// Starts the same goroutine, but does not wait for `first`: the goroutine then sends on `ready`.
    private G start(Runnable first, ChanCore ready, ChanCore proceed, Runnable second) {
        G g =
                Goroutines.start(
                        "",
                        () -> {
                            try {
                                first.run();
                                ready.send(true, null);
                                proceed.recv(null);
                                second.run();
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        all.add(g);
        return g;
    }

    private static Collection<Party> stuck(List<? extends Party> ours) {
        Collection<Party> stuck = new ArrayList<>(LockCycles.search(false).parties());
        stuck.retainAll(Set.copyOf(ours));
        return stuck;
    }

    /// Each goroutine holds a lock of its own, and waits for another's, its own, or none.
    @RepeatedTest(50)
    void waiterBehindACycleIsStuck(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<MutexCore> locks = Stream.generate(MutexCore::new).limit(CROWD).toList();
        List<Integer> next = random.ints(CROWD, -1, CROWD).boxed().toList();
        ChanCore proceed = new ChanCore(0);
        for (int i = 0; i < CROWD; i++) {
            int wanted = next.get(i);
            MutexCore own = locks.get(i);
            start(
                    () -> own.lock(null),
                    proceed,
                    () -> {
                        if (wanted < 0) {
                            never.recv(null);
                        } else {
                            locks.get(wanted).lock(null);
                        }
                    });
        }
        assertThat(stuck(all)).isEmpty();
        proceed.close();
        for (int i = 0; i < CROWD; i++) {
            Eventually.blocked(all.get(i), next.get(i) < 0 ? WaitReason.CHAN_RECEIVE : WaitReason.MUTEX_LOCK);
        }
        List<Party> expected = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            if (reachesCycle(i, next)) {
                expected.add(all.get(i));
            }
        }
        // If a goroutine was about to park when the channel was closed, it has an unused permit and wakes up once
        // later.
        Eventually.that("they are asleep for good", () -> stuck(all).size() == expected.size());
        assertThat(stuck(all)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static boolean reachesCycle(int start, List<Integer> next) {
        Set<Integer> seen = new TreeSet<>();
        int at = start;
        while (at >= 0 && seen.add(at)) {
            at = next.get(at);
        }
        return at >= 0;
    }

    /// Several readers lock again while a writer waits for them.
    @Test
    void recursiveReadersAreStuckWithAWriterBetween() {
        for (int readers = 1; readers <= 3; readers++) {
            RWMutexCore rw = new RWMutexCore();
            ChanCore proceed = new ChanCore(0);
            List<G> ours = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                ours.add(start(() -> rw.rLock(null), proceed, () -> rw.rLock(null)));
            }
            G writer = start(() -> {}, closed(), () -> rw.lock(null));
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            assertThat(stuck(all)).isEmpty();
            proceed.close();
            for (G reader : ours.subList(0, readers)) {
                Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
            }
            List<Party> expected = new ArrayList<>(ours.subList(0, readers));
            expected.add(writer);
            assertThat(stuck(all)).containsExactlyInAnyOrderElementsOf(expected);
            end();
            all.clear();
        }
    }

    private static ChanCore closed() {
        ChanCore chan = new ChanCore(0);
        chan.close();
        return chan;
    }

    /// One reader that will leave is enough for all to continue.
    @Test
    void oneRunningReaderUnblocksTheOthers() {
        RWMutexCore rw = new RWMutexCore();
        G again =
                start(
                        () -> rw.rLock(null),
                        closed(),
                        () -> {
                            never.recv(null);
                        });
        ChanCore proceed = new ChanCore(0);
        G twice = start(() -> rw.rLock(null), proceed, () -> rw.rLock(null));
        G writer = start(() -> {}, closed(), () -> rw.lock(null));
        Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
        proceed.close();
        Eventually.blocked(twice, WaitReason.RWMUTEX_RLOCK);
        assertThat(stuck(List.of(again, twice, writer))).isEmpty();
    }

    /// A write lock on top of the goroutine's own read lock.
    @Test
    void readerThatWantsToWriteIsStuck() {
        RWMutexCore rw = new RWMutexCore();
        G upgrade = start(() -> rw.rLock(null), closed(), () -> rw.lock(null));
        Eventually.blocked(upgrade, WaitReason.RWMUTEX_LOCK);
        assertThat(stuck(all)).containsExactly(upgrade);
    }

    /// Returns a semaphore that counts as a lock: its permits were released ten times.
    private static WeightedCore usedAsALock(long size) {
        var permits = new WeightedCore(size);
        for (int i = 0; i < 10; i++) {
            permits.acquire(1, null);
            permits.release(1);
        }
        return permits;
    }

    /// Two semaphores, taken in different orders, and another waiter behind.
    @Test
    void holdersOfPermitsThatOthersWantAreStuck() {
        WeightedCore a = usedAsALock(2);
        WeightedCore b = usedAsALock(1);
        ChanCore proceed = new ChanCore(0);
        G half = start(() -> a.acquire(1, null), proceed, () -> b.acquire(1, null));
        G ab = start(() -> a.acquire(1, null), proceed, () -> b.acquire(1, null));
        G ba = start(() -> b.acquire(1, null), proceed, () -> a.acquire(2, null));
        assertThat(stuck(all)).isEmpty();
        proceed.close();
        for (G g : all) {
            Eventually.blocked(g, WaitReason.SEMAPHORE_ACQUIRE);
        }
        G behind = start(() -> {}, closed(), () -> a.acquire(1, null));
        Eventually.blocked(behind, WaitReason.SEMAPHORE_ACQUIRE);
        assertThat(stuck(all)).containsExactlyInAnyOrder(half, ab, ba, behind);
        assertThat(LockCycles.find().text())
                .containsPattern(
                        "waits for 2 permits of semaphore \\p{XDigit}+ \\(size 2, taken 2, waiting 2\\), made at .*,"
                                + " blocked by goroutine "
                                + half.id()
                                + ", goroutine "
                                + ab.id()
                                + "\n");
    }

    /// Another goroutine may be supposed to release the permits, unless earlier releases show the opposite.
    @Test
    void holderOfPermitsThatOthersReleaseIsNotStuck() {
        for (WeightedCore permits : List.of(new WeightedCore(1), releasedByAnother())) {
            G twice = start(() -> permits.acquire(1, null), closed(), () -> permits.acquire(1, null));
            Eventually.blocked(twice, WaitReason.SEMAPHORE_ACQUIRE);
            assertThat(stuck(all)).isEmpty();
            assertThat(GoroutineSnapshot.of(twice).waits().getFirst().blockers()).isEmpty();
        }
    }

    /// A rejected release does not count as a release by another goroutine.
    @Test
    void goroutineThatReleasedTooManyMayBeStuckLater() {
        WeightedCore permits = usedAsALock(1);
        assertThat(permits.release(1)).isFalse();
        G twice = start(() -> permits.acquire(1, null), closed(), () -> permits.acquire(1, null));
        Eventually.blocked(twice, WaitReason.SEMAPHORE_ACQUIRE);
        assertThat(stuck(all)).containsExactly(twice);
    }

    /// With 65 permits it is a limit on concurrency. With 64 it may still be a lock.
    @Test
    void manyPermitsAreNotALock() {
        for (int size : List.of(64, 65)) {
            WeightedCore permits = usedAsALock(size);
            start(() -> permits.acquire(size, null), closed(), () -> permits.acquire(1, null));
        }
        all.forEach(g -> Eventually.blocked(g, WaitReason.SEMAPHORE_ACQUIRE));
        assertThat(stuck(all)).containsExactly(all.getFirst());
    }

    private WeightedCore releasedByAnother() {
        WeightedCore permits = usedAsALock(1);
        permits.acquire(1, null);
        Eventually.ended(start(() -> {}, closed(), () -> permits.release(1)));
        return permits;
    }

    /// A small request waits behind a large one that may be cancelled.
    @Test
    void waiterBehindACancellableOneIsNotStuck() {
        WeightedCore permits = usedAsALock(2);
        var cause = new IllegalStateException("called off");
        var cancellation = new ManualCancellation();
        ChanCore proceed = new ChanCore(0);
        G holder = start(() -> permits.acquire(1, null), proceed, () -> permits.acquire(1, null));
        G large =
                start(
                        () -> {},
                        closed(),
                        () -> assertThatThrownBy(() -> permits.acquire(2, cancellation)).isSameAs(cause));
        Eventually.blocked(large, WaitReason.SEMAPHORE_ACQUIRE);
        proceed.close();
        Eventually.blocked(holder, WaitReason.SEMAPHORE_ACQUIRE);
        assertThat(stuck(all)).isEmpty();
        cancellation.cancel(cause);
        Eventually.ended(holder);
    }

    @Test
    void longQueueForPermitsIsSearchedOnce() {
        WeightedCore permits = usedAsALock(1);
        G twice = start(() -> permits.acquire(1, null), closed(), () -> permits.acquire(1, null));
        Eventually.blocked(twice, WaitReason.SEMAPHORE_ACQUIRE);
        ChanCore ready = new ChanCore(MANY);
        ChanCore proceed = closed();
        for (int i = 1; i < MANY; i++) {
            start(() -> {}, ready, proceed, () -> permits.acquire(1, null));
        }
        all.forEach(g -> Eventually.blocked(g, WaitReason.SEMAPHORE_ACQUIRE));
        assertThat(stuck(all)).hasSize(MANY);
    }

    /// Each holds the lock that the previous one wants, and the last one can continue.
    @Test
    void longChainIsFollowedOnce() {
        List<MutexCore> locks = Stream.generate(MutexCore::new).limit(MANY + 1).toList();
        ChanCore ready = new ChanCore(0);
        ChanCore proceed = new ChanCore(0);
        for (int i = 0; i < MANY; i++) {
            MutexCore own = locks.get(i);
            MutexCore wanted = locks.get(i + 1);
            start(() -> own.lock(null), ready, proceed, () -> wanted.lock(null));
        }
        for (int i = 0; i < MANY; i++) {
            ready.recv(null);
        }
        locks.getLast().lock(null);
        proceed.close();
        all.forEach(g -> Eventually.blocked(g, WaitReason.MUTEX_LOCK));
        assertThat(stuck(all)).isEmpty();
    }

    /// A request for too many permits blocks no other request, and waits behind all of them.
    @Test
    void tooLargeRequestIsStuckIfTheOthersAre() {
        WeightedCore permits = usedAsALock(1);
        ChanCore proceed = new ChanCore(0);
        G holder = start(() -> permits.acquire(1, null), proceed, () -> permits.acquire(1, null));
        G greedy = start(() -> {}, closed(), () -> permits.acquire(2, null));
        Eventually.blocked(greedy, WaitReason.SEMAPHORE_ACQUIRE);
        assertThat(stuck(all)).isEmpty();
        proceed.close();
        Eventually.blocked(holder, WaitReason.SEMAPHORE_ACQUIRE);
        assertThat(stuck(all)).containsExactlyInAnyOrder(holder, greedy);
    }

    /// A waiter with a context may be cancelled.
    @Test
    void cancellableWaiterIsNotStuck() {
        MutexCore mutex = new MutexCore();
        var cancellation = new ManualCancellation();
        G twice = start(() -> mutex.lock(null), closed(), () -> mutex.lock(cancellation));
        Eventually.blocked(twice, WaitReason.MUTEX_LOCK);
        assertThat(stuck(all)).isEmpty();
    }

    /// The others in the cycle continue when one gives up.
    @Test
    void cycleEndsWhenOneGivesUp() {
        MutexCore a = new MutexCore();
        MutexCore b = new MutexCore();
        ChanCore proceed = new ChanCore(0);
        G ab = start(() -> a.lock(null), proceed, () -> b.lock(null));
        G ba = start(() -> b.lock(null), proceed, () -> a.lock(null));
        proceed.close();
        Eventually.blocked(ab, WaitReason.MUTEX_LOCK);
        Eventually.blocked(ba, WaitReason.MUTEX_LOCK);
        assertThat(stuck(all)).containsExactlyInAnyOrder(ab, ba);
        ab.thread().interrupt();
        Eventually.ended(ab);
        assertThat(stuck(all)).isEmpty();
    }
}
