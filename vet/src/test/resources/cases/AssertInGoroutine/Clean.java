// Correct programs that look like mistakes.
import static gofer.Go.*;
import static org.junit.jupiter.api.Assertions.*;

import module gofer;

import org.junit.jupiter.api.Test;

class Clean {
    private final Chan<Integer> in = Chan.make(1);

    @Test
    void flag() {
        var ok = new AtomicBoolean();
        var wg = new WaitGroup();
        wg.go(() -> {
            assertEquals(42, in.recv()); // ok: the flag stays false
            ok.set(true);
        });
        wg.await();
        assertTrue(ok.get());
    }

    @Test
    void sent() {
        Chan<Boolean> ok = Chan.make(1);
        go(() -> {
            try {
                assertEquals(42, in.recv()); // ok: nothing is sent
                ok.send(true);
            } finally {
                ok.close();
            }
        });
        assertTrue(ok.recv());
    }

    @Test
    void counted() throws Exception {
        var latch = new CountDownLatch(1);
        go(() -> {
            assertEquals(42, in.recv()); // ok: the latch stays
            latch.countDown();
        });
        assertTrue(latch.await(1, TimeUnit.SECONDS));
    }

    @Test
    void stored() {
        boolean[] ok = {false};
        var wg = new WaitGroup();
        wg.go(() -> {
            assertEquals(42, in.recv()); // ok: the flag stays false
            ok[0] = true;
        });
        wg.await();
        assertTrue(ok[0]);
    }

    private void check(AtomicBoolean ok) {
        assertEquals(42, in.recv());
        ok.set(true);
    }

    @Test
    void inAMethod() {
        var ok = new AtomicBoolean();
        var wg = new WaitGroup();
        wg.go(() -> check(ok)); // ok: the flag stays false
        wg.await();
        assertTrue(ok.get());
    }
}
