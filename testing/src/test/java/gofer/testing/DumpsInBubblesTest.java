package gofer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.diagnostics.Leaks;
import gofer.sync.Mutex;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Dumps and searches for leaks exclude each other. They must not block a bubble, which runs one goroutine at a time.
class DumpsInBubblesTest {

    @Test
    void leakSearchIsRefusedInABubble() throws Exception {
        Bubble.run(() -> {
            var mutex = new Mutex();
            var waiting = Chan.<Integer>make();
            mutex.lock();
            Go.go(() -> {
                waiting.send(1);
                mutex.lock();
            });
            waiting.recv();
            Bubble.await();
            assertThatThrownBy(Leaks::find)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("in a bubble");
            mutex.unlock();
        });
    }

    /// A search by another thread delays a dump in real time, and the clock of the bubble does not advance.
    @Test
    void dumpsInABubbleProceedDuringSearchesElsewhere() throws Exception {
        var done = new AtomicBoolean();
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread searcher =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                while (!done.get()) {
                                    var _ = Leaks.find();
                                }
                            } catch (Throwable thrown) {
                                failure.set(thrown);
                            }
                        });
        try {
            for (int i = 0; i < 10; i++) {
                Bubble.run(DumpsInBubblesTest::dumpWhileOthersWait);
            }
        } finally {
            done.set(true);
            searcher.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static void dumpWhileOthersWait() {
        var end = Chan.<Integer>make();
        Go.go("waiter", () -> end.recvOk());
        var alarm = Go.after(Duration.ofMillis(1));
        Bubble.await();
        assertThat(Go.stacks()).contains("\"waiter\" [chan receive");
        assertThat(alarm.len()).isZero();
        end.close();
    }
}
