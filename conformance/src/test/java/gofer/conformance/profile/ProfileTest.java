package gofer.conformance.profile;

import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.diagnostics.Profile;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final Duration ALL = Duration.ofNanos(1);

    @AfterEach
    void off() {
        Profile.setBlockRate(Duration.ZERO);
        Profile.setMutexFraction(0);
    }

    /// Blocks a goroutine that runs `wait`, then runs `release`, and returns the entries of the block profile for that.
    private static Profile blockProfile(WaitReason reason, Body wait, Runnable release) {
        Profile before = Profile.block();
        Goroutine waiter = go(wait);
        Eventually.blocked(waiter, reason);
        release.run();
        Eventually.ended(waiter);
        return Profile.block().since(before);
    }

    private static void assertRecorded(String method, Profile profile) {
        assertThat(profile.count()).isOne();
        assertThat(profile.time()).isPositive();
        assertThat(profile.toString())
                .startsWith("block profile: total 1, ")
                .contains(" at\n\t" + ProfileTest.class.getName() + "." + method + "(ProfileTest.java:");
    }

    private final Chan<Integer> chan = Chan.make();
    private final Mutex mutex = new Mutex();
    private final RWMutex rw = new RWMutex();

    private void receives() {
        chan.recvOk();
    }

    private void sends() {
        chan.send(1);
    }

    private void selects() {
        var _ = select(chan, Chan.make());
    }

    private void locks() {
        mutex.lock().close();
    }

    private void locksToWrite() {
        rw.lock().close();
    }

    private void locksToRead() {
        rw.rLock().close();
    }

    /// `TestBlockProfile`: the stack is the stack of the wait.
    @Test
    @Pins({"PF-01", "PF-02"})
    @SuppressWarnings("AwaitNotInLoop")
    void blockProfileShowsWhereGoroutinesWait() {
        Profile.setBlockRate(ALL);
        assertRecorded("receives", blockProfile(WaitReason.CHAN_RECEIVE, this::receives, () -> chan.send(1)));
        assertRecorded("sends", blockProfile(WaitReason.CHAN_SEND, this::sends, chan::recv));
        assertRecorded("selects", blockProfile(WaitReason.SELECT, this::selects, () -> chan.send(1)));
        mutex.lock();
        assertRecorded("locks", blockProfile(WaitReason.MUTEX_LOCK, this::locks, mutex::unlock));
        rw.rLock();
        assertRecorded("locksToWrite", blockProfile(WaitReason.RWMUTEX_LOCK, this::locksToWrite, rw::rUnlock));
        rw.lock();
        assertRecorded("locksToRead", blockProfile(WaitReason.RWMUTEX_RLOCK, this::locksToRead, rw::unlock));
        var wg = new WaitGroup();
        wg.add(1);
        assertThat(blockProfile(WaitReason.WAIT_GROUP_WAIT, wg::await, wg::done).count()).isOne();
        var cond = new Cond(mutex);
        Body waits =
                () -> {
                    try (var _ = mutex.lock()) {
                        cond.await();
                    }
                };
        assertThat(blockProfile(WaitReason.COND_WAIT, waits, cond::signal).count()).isOne();
        assertRecorded("receives", blockProfile(WaitReason.CHAN_RECEIVE, this::receives, chan::close));
    }

    @Test
    @Pins({"PF-01", "PF-02"})
    void blockProfileHasNoSleepsAndNothingWhileOff() {
        Profile before = Profile.block();
        Profile.setBlockRate(ALL);
        Go.sleep(Duration.ofMillis(1));
        Profile.setBlockRate(Duration.ZERO);
        assertThat(blockProfile(WaitReason.CHAN_RECEIVE, this::receives, () -> chan.send(1)).count()).isZero();
        assertThat(Profile.block().since(before).count()).isZero();
    }

    /// `TestMutexProfile`: many goroutines wait for one that holds the lock, and are charged to its unlock.
    @Test
    @Pins("PF-04")
    void mutexProfileShowsTheUnlock() {
        Profile.setMutexFraction(1);
        Profile before = Profile.mutex();
        mutex.lock();
        try (var crew = new Crew()) {
            int waiters = 50;
            long start = System.nanoTime();
            for (int i = 0; i < waiters; i++) {
                Eventually.blocked(crew.go(this::locks), WaitReason.MUTEX_LOCK);
            }
            Duration held = held(start);
            unlockForAll();
            crew.join();
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            Profile profile = Profile.mutex().since(before);
            assertThat(profile.toString())
                    .startsWith("mutex profile: total ")
                    .containsPattern("(?m)^\\d+, .* at\n\t" + ProfileTest.class.getName() + ".unlockForAll\\(");
            assertThat(profile.time())
                    .isGreaterThan(held.multipliedBy(waiters).multipliedBy(4).dividedBy(10))
                    .isLessThan(wall.multipliedBy(waiters + 1));
        }
    }

    private void unlockForAll() {
        mutex.unlock();
    }

    /// Waits for a while with the lock held, so that the waits of the last arrivals count too.
    private static Duration held(long start) {
        long all = System.nanoTime() - start;
        while (System.nanoTime() - start < 2 * all + 10_000_000) {
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    @Pins("PF-04")
    void mutexProfileCoversReadersAndWriters() {
        Profile.setMutexFraction(1);
        Profile before = Profile.mutex();
        rw.lock();
        Goroutine reader = go(this::locksToRead);
        Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
        rw.unlock();
        Eventually.ended(reader);
        assertThat(Profile.mutex().since(before).count()).isOne();
        rw.rLock();
        Goroutine writer = go(this::locksToWrite);
        Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
        rw.rUnlock();
        Eventually.ended(writer);
        assertThat(Profile.mutex().since(before).count()).isEqualTo(2);
    }

    @Test
    void profilesOfDifferentKindsCannotBeSubtracted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.block().since(Profile.mutex()))
                .withMessage("a block profile since a mutex profile");
    }

    /// `TestMutexProfileRateAdjust`.
    @Test
    @Pins("PF-03")
    void mutexProfileFractionIsReadAndChanged() {
        assertThat(Profile.setMutexFraction(5)).isZero();
        assertThat(Profile.setMutexFraction(-1)).isEqualTo(5);
        assertThat(Profile.setMutexFraction(-1)).isEqualTo(5);
        assertThat(Profile.setMutexFraction(0)).isEqualTo(5);
        assertThat(Profile.setMutexFraction(-1)).isZero();
    }

    static final class Counted {
        static void main(String[] args) {
            Go.main(() -> {
                Chan<Integer> stop = Chan.make();
                for (int i = 0; i < 100; i++) {
                    Eventually.blocked(go(stop::recvOk), WaitReason.CHAN_RECEIVE);
                }
                Profile profile = Profile.goroutine();
                IO.println(profile.count() + " " + Go.numGoroutine());
                IO.println(profile.toString().lines().filter(line -> line.equals("100 at")).count());
                IO.println(profile.time().isZero());
            });
        }
    }

    /// `TestGoroutineCounts`.
    @Test
    @Pins("PF-05")
    void goroutineProfileCountsAll() {
        assertThat(ChildProgram.run(Counted.class).out()).isEqualToIgnoringNewLines("101 101\n1\ntrue\n");
    }
}
