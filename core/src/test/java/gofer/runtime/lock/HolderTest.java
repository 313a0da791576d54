package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Locks record their holders.
class HolderTest {

    private static final WaitReason READ = WaitReason.RWMUTEX_RLOCK;
    private static final WaitReason WRITE = WaitReason.RWMUTEX_LOCK;

    private final MutexCore mutex = new MutexCore();
    private final RWMutexCore rw = new RWMutexCore();
    private final Map<G, ChanCore> inside = new LinkedHashMap<>();

    /// Starts a goroutine that runs `enter`, waits for [#leave], and runs `leave`.
    private G start(Runnable enter, Runnable leave) {
        ChanCore end = new ChanCore(0);
        G g =
                Goroutines.start(
                        "",
                        () -> {
                            enter.run();
                            end.recv(null);
                            leave.run();
                        });
        inside.put(g, end);
        return g;
    }

    private G enter(Runnable enter, Runnable leave) {
        G g = start(enter, leave);
        Eventually.blocked(g, WaitReason.CHAN_RECEIVE);
        return g;
    }

    private void leave(G g) {
        Objects.requireNonNull(inside.get(g)).close();
        Eventually.ended(g);
    }

    private static long idOf(G g) {
        return g.holderId();
    }

    @Test
    void mutexIsHeldByTheGoroutineThatLockedIt() {
        assertThat(mutex.blockers(WaitReason.MUTEX_LOCK)).isEmpty();
        G holder = enter(() -> mutex.lock(null), mutex::unlock);
        assertThat(mutex.blockers(WaitReason.MUTEX_LOCK)).containsExactly(idOf(holder));
        G next = start(() -> mutex.lock(null), mutex::unlock);
        Eventually.blocked(next, WaitReason.MUTEX_LOCK);
        leave(holder);
        Eventually.blocked(next, WaitReason.CHAN_RECEIVE);
        assertThat(mutex.blockers(WaitReason.MUTEX_LOCK)).containsExactly(idOf(next));
        leave(next);
        assertThat(mutex.tryLock()).isTrue();
        assertThat(mutex.blockers(WaitReason.MUTEX_LOCK)).containsExactly(Thread.currentThread().threadId());
        mutex.unlock();
        assertThat(mutex.blockers(WaitReason.MUTEX_LOCK)).isEmpty();
    }

    /// As in Go, mutexes have no owner: any goroutine may unlock.
    @Test
    void unlockByAnotherGoroutineClearsTheHolder() {
        G holder = enter(() -> mutex.lock(null), () -> {});
        mutex.unlock();
        assertThat(mutex.blockers(WaitReason.MUTEX_LOCK)).isEmpty();
        assertThat(mutex.tryLock()).isTrue();
        mutex.unlock();
        leave(holder);
        G reader = enter(() -> rw.rLock(null), () -> {});
        G other = enter(() -> rw.rLock(null), () -> {});
        rw.rUnlock();
        rw.rUnlock();
        assertThat(rw.tryLock()).isTrue();
        rw.unlock();
        leave(reader);
        leave(other);
    }

    /// The readers leave in random order.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void lastRemainingReaderIsKnown(int readers) {
        Random random = new Random(readers);
        List<G> all = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            all.add(enter(() -> rw.rLock(null), rw::rUnlock));
        }
        Collections.shuffle(all, random);
        while (all.size() > 1) {
            assertThat(rw.blockers(WRITE)).isEmpty();
            leave(all.removeLast());
        }
        assertThat(rw.blockers(WRITE)).containsExactly(idOf(all.getFirst()));
        leave(all.getFirst());
        assertThat(rw.blockers(WRITE)).isEmpty();
    }

    /// Readers wait for the writer before them, which waits for the reader inside.
    @Test
    void waitingWriterBlocksReaders() {
        G reader = enter(() -> rw.rLock(null), rw::rUnlock);
        G writer = start(() -> rw.lock(null), rw::unlock);
        Eventually.blocked(writer, WRITE);
        assertThat(rw.blockers(WRITE)).containsExactly(idOf(reader));
        assertThat(rw.blockers(READ)).containsExactly(idOf(writer));
        G second = start(() -> rw.rLock(null), rw::rUnlock);
        Eventually.blocked(second, READ);
        leave(reader);
        Eventually.blocked(writer, WaitReason.CHAN_RECEIVE);
        assertThat(rw.blockers(WRITE)).containsExactly(idOf(writer));
        assertThat(rw.blockers(READ)).containsExactly(idOf(writer));
        leave(writer);
        Eventually.blocked(second, WaitReason.CHAN_RECEIVE);
        assertThat(rw.blockers(WRITE)).containsExactly(idOf(second)); // the lock was handed over to it
        leave(second);
    }
}
