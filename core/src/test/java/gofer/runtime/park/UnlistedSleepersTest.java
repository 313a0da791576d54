package gofer.runtime.park;

import gofer.fixture.Eventually;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class UnlistedSleepersTest {

    @Test
    void entryDoesNotRetainItsThread() {
        WeakReference<Thread> entry = UnlistedSleepers.enter(Thread.ofVirtual().unstarted(() -> {}));
        Eventually.that(
                "it is collected",
                () -> {
                    System.gc();
                    return entry.refersTo(null);
                });
        UnlistedSleepers.leave(entry);
    }
}
