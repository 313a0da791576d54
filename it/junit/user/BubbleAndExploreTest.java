package user;

import static gofer.Go.after;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gofer.chan.Chan;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import gofer.testing.Explore;
import gofer.testing.junit.BubbleTest;
import gofer.testing.junit.ExploreTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Bubbles and explorations control the program and find its faults.
class BubbleAndExploreTest {
    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

    private int balance;

    @BubbleTest
    void sleepOfADayTakesNoTime() {
        long start = System.nanoTime();
        assertEquals(BEGIN.plus(Duration.ofDays(1)), after(Duration.ofDays(1)).recv());
        assertTrue(System.nanoTime() - start < Duration.ofHours(1).toNanos());
    }

    @Test
    void deadlockIsReported() {
        var failed = assertThrows(AssertionError.class, () -> Bubble.run(() -> Chan.make().recv()));
        assertTrue(
                failed.getMessage().startsWith("deadlock: all goroutines in bubble are blocked"), failed.getMessage());
    }

    @ExploreTest
    void lockedUpdatesAreNotLost() {
        var mutex = new Mutex();
        balance = 0;
        twice(() -> {
            mutex.lock();
            add();
            mutex.unlock();
        });
        assertEquals(2, balance);
    }

    @Test
    void lostUpdateIsFound() {
        var failed =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Explore.run(() -> {
                                    balance = 0;
                                    twice(this::add);
                                    assertEquals(2, balance);
                                }));
        assertTrue(failed.getMessage().contains("expected: <2> but was: <1>"), failed.getMessage());
    }

    @Test
    void allSchedulesAreTried() {
        var all =
                Explore.exhaustively()
                        .search(() -> {
                            Explore.point(this);
                            balance = 0;
                            twice(this::add);
                        });
        assertTrue(all.isComplete(), all.summary());
        assertTrue(all.schedules() > 1, all.summary());
    }

    private void twice(Runnable task) {
        var tasks = new WaitGroup();
        for (int i = 0; i < 2; i++) tasks.go(task::run);
        tasks.await();
    }

    private void add() {
        int before = balance;
        Explore.point(this);
        balance = before + 1;
    }
}
