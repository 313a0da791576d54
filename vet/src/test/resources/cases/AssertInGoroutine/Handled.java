// Correct programs that look like mistakes.
import static gofer.Go.*;
import static org.junit.jupiter.api.Assertions.*;

import module gofer;

import org.junit.jupiter.api.Test;

class Handled {
    private final Chan<Integer> in = Chan.make(1);

    @Test
    void handled() {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> failures.add(e));
        var wg = new WaitGroup();
        wg.go(() -> assertEquals(42, in.recv())); // ok: the handler gets the failure
        wg.await();
        assertTrue(failures.isEmpty());
    }
}
