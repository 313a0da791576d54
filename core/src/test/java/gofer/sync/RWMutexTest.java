package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The write side, and the interaction of both sides.
class RWMutexTest extends LockerContract {

    private final RWMutex mu;

    RWMutexTest() {
        var mu = new RWMutex();
        super(mu, mu, WaitReason.RWMUTEX_LOCK, "sync: Unlock of unlocked RWMutex");
        this.mu = mu;
    }

    @Override
    boolean isFree() {
        return isFree(mu);
    }

    static boolean isFree(RWMutex mu) {
        boolean free = mu.tryLock();
        if (free) {
            mu.unlock();
        }
        return free;
    }

    @Override
    int waiters() {
        return Internals.waiters(mu);
    }

    @Test
    void readersProceedWhenTheWriterIsInterrupted() {
        mu.rLock();
        try (var crew = new Crew()) {
            Goroutine writer = crew.go(() -> assertThatThrownBy(mu::lock).isInstanceOf(InterruptException.class));
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            waitingReaders(crew, 3);
            writer.thread().interrupt();
        }
        releaseReaders(4);
    }

    @Test
    void readersProceedWhenTheWriterIsCancelled() {
        var ctx = new ManualCancellation();
        var enough = new IllegalArgumentException("enough");
        mu.rLock();
        try (var crew = new Crew()) {
            Goroutine writer = crew.go(() -> assertThatThrownBy(() -> mu.lock(ctx)).isSameAs(enough));
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            waitingReaders(crew, 3);
            ctx.cancel(enough);
        }
        releaseReaders(4);
    }

    /// Of two writers, the one that waits for a reader gives up. The readers behind it proceed, and then the other writer.
    @Test
    void nextWriterProceedsWhenTheFirstGivesUp() {
        mu.rLock();
        try (var crew = new Crew()) {
            Goroutine interrupted = crew.go(() -> assertThatThrownBy(mu::lock).isInstanceOf(InterruptException.class));
            Eventually.blocked(interrupted, WaitReason.RWMUTEX_LOCK);
            Goroutine patient = crew.go(mu::lock);
            Eventually.blocked(patient, WaitReason.RWMUTEX_LOCK);
            List<Goroutine> readers = waitingReaders(crew, 3);
            interrupted.thread().interrupt();
            Eventually.ended(interrupted);
            readers.forEach(Eventually::ended);
            releaseReaders(4);
            Eventually.ended(patient);
            assertThat(waiters()).isZero();
            mu.unlock();
        }
    }

    /// Readers give up behind a writer, and the writer still has its turn.
    @Test
    void writerProceedsWhenTheReadersBehindItGiveUp() {
        mu.rLock();
        try (var crew = new Crew()) {
            Goroutine writer = crew.go(() -> mu.lock().close());
            Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
            Goroutine reader = crew.go(() -> assertThatThrownBy(mu::rLock).isInstanceOf(InterruptException.class));
            Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
            reader.thread().interrupt();
            Eventually.ended(reader);
            mu.rUnlock();
        }
    }

    @Test
    void heldOfAReaderUnlocksForReading() {
        try (var first = mu.rLock()) {
            try (var second = mu.rLock()) {
                assertThat(second).isSameAs(first);
                assertThat(mu).hasToString("rwmutex (2 readers)");
            }
            assertThat(mu.tryLock()).isFalse();
        }
        try (var _ = mu.lock()) {
            assertThat(mu).hasToString("rwmutex (write-locked)");
        }
        assertThat(mu).hasToString("rwmutex");
    }

    private List<Goroutine> waitingReaders(Crew crew, int n) {
        List<Goroutine> readers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Goroutine reader = crew.go(mu::rLock);
            Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
            readers.add(reader);
        }
        return readers;
    }

    private void releaseReaders(int n) {
        for (int i = 0; i < n; i++) {
            assertThat(mu.tryLock()).isFalse();
            mu.rUnlock();
        }
    }
}
