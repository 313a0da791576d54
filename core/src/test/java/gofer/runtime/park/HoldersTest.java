package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import org.junit.jupiter.api.Test;

class HoldersTest {

    @Test
    void goroutineIsFoundByTheIdOfItsThread() {
        Chan<Boolean> end = Chan.make();
        Goroutine goroutine = Go.go(end::recv);
        long holder = HolderId.of(goroutine.thread());
        Holders.add(goroutine.thread());
        assertThat(Holders.goroutine(holder)).isEqualTo(goroutine.id());
        end.send(true);
        Eventually.ended(goroutine);
    }

    /// Its entry is at the same index.
    @Test
    void otherThreadIsNotMistakenForIt() {
        Goroutine goroutine = Go.go(() -> {});
        long holder = HolderId.of(goroutine.thread());
        Holders.add(goroutine.thread());
        assertThat(Holders.goroutine(holder + (1L << 14))).isZero();
        assertThat(Holders.goroutine(holder + (1L << 31))).isZero();
        Eventually.ended(goroutine);
    }

    @Test
    void otherThreadsAreNotAdded() {
        Holders.add(Thread.currentThread());
        assertThat(Holders.goroutine(HolderId.of(Thread.currentThread()))).isZero();
    }
}
