import static gofer.Go.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.*;

import module gofer;
import module gofer.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Cases {
    private final Chan<Integer> in = Chan.make(1);

    @Test
    void plain() {
        go(() -> assertEquals(1, in.recv())); // want AssertInGoroutine
    }

    @Test
    void inABlock() {
        go(() -> {
            int n = in.recv();
            assertTrue(n > 0); // want AssertInGoroutine
        });
    }

    @Test
    void ofAWaitGroup() {
        var wg = new WaitGroup();
        wg.go(() -> assertEquals(1, in.recv())); // want AssertInGoroutine
        wg.await();
    }

    @Test
    void assertJ() {
        go(() -> assertThat(in.recv()).isEqualTo(1)); // want AssertInGoroutine
    }

    @Test
    void qualified() {
        go(() -> Assertions.assertNotNull(in.recv())); // want AssertInGoroutine
    }

    @Test
    void failing() {
        go(() -> {
            if (in.recv() != 1) fail("not one"); // want AssertInGoroutine
        });
    }

    @Test
    void assuming() {
        go(() -> Assumptions.assumeTrue(in.recv() == 1)); // want AssertInGoroutine
    }

    @RepeatedTest(3)
    void repeated() {
        go(() -> assertEquals(1, in.recv())); // want AssertInGoroutine
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int n) {
        go("receiver", () -> assertEquals(n, in.recv())); // want AssertInGoroutine
    }

    @Test
    void nested() {
        go(() -> {
            go(() -> assertEquals(1, in.recv())); // want AssertInGoroutine
        });
    }

    @Test
    void inALoop() {
        for (int i = 0; i < 3; i++) {
            int n = i;
            go(() -> {
                for (int m : in) assertEquals(n, m); // want AssertInGoroutine
            });
        }
    }

    @Test
    void afterACatch() {
        go(() -> {
            try {
                in.recv();
            } catch (IllegalStateException e) {
                assertNull(e.getCause()); // want AssertInGoroutine
            }
        });
    }

    @Test
    void inTheTest() {
        go(() -> in.send(1));
        assertEquals(1, in.recv()); // ok: not in a goroutine
    }

    @Test
    void ofAGroup() throws Exception {
        var group = new ErrGroup();
        group.go(() -> assertEquals(1, in.recv())); // ok: await throws it
        group.await();
    }

    @Test
    void inABubble() throws Exception {
        Bubble.run(() -> {
            go(() -> assertEquals(1, in.recv())); // ok: the bubble fails
        });
    }

    @BubbleTest
    void bubbleTest() {
        go(() -> assertEquals(1, in.recv())); // ok: the bubble fails
    }

    @ExploreTest
    void exploreTest() {
        go(() -> assertEquals(1, in.recv())); // ok: the exploration fails
    }

    @Test
    void inAnExploration() {
        Explore.schedules(3)
                .run(() -> {
                    go(() -> assertEquals(1, in.recv())); // ok: the exploration fails
                });
    }

    @Test
    void inUnknownCode() {
        watched(() -> {
            go(() -> assertEquals(1, in.recv())); // ok: the method may watch
        });
    }

    private void watched(Runnable code) {
        code.run();
    }

    @Test
    void caught() {
        Chan<Throwable> failures = Chan.make(1);
        go(() -> {
            try {
                assertEquals(1, in.recv()); // ok: passed on
            } catch (Throwable e) {
                failures.send(e);
            }
        });
    }

    @Test
    void caughtError() {
        Chan<Throwable> failures = Chan.make(1);
        go(() -> {
            try {
                assertEquals(1, in.recv()); // ok: passed on
            } catch (AssertionError e) {
                failures.send(e);
            }
        });
    }

    @Test
    void asATask() throws Exception {
        Callable<Object> task =
                () -> {
                    assertEquals(1, in.recv()); // ok: not a goroutine
                    return null;
                };
        task.call();
    }

    @BeforeEach
    void prepare() {
        go(() -> assertEquals(1, in.recv())); // ok: not a test, so it may be part of anything
    }

    @Test
    void otherMethods() {
        go(() -> {
            Objects.requireNonNull(in.recv()); // ok: no assertion
        });
    }

    @Test
    @SuppressWarnings("AssertInGoroutine")
    void suppressed() {
        go(() -> assertEquals(1, in.recv())); // ok: suppressed
    }
}
