package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MonitorsTest {

    @Test
    void aBlockAcquiresAndReleasesItsMonitor() {
        assertThat(run("synchronized (LOCK) { } return 0;")).containsExactly("acquire Main", "release Main");
        assertThat(run("try { synchronized (LOCK) { throw new Exception(); } } catch (Exception e) { return 1; }"))
                .containsExactly("acquire Main", "release Main");
    }

    @Test
    void aSynchronizedMethodAcquiresAndReleasesItsObject() {
        assertThat(run("return LOCK.locked(3);")).containsExactly("acquire Main", "release Main");
        assertThat(run("LOCK.nothing(); return 0;")).containsExactly("acquire Main", "release Main");
        assertThat(run("return Main.lockedClass(3L);")).containsExactly("acquire class Main", "release class Main");
    }

    @Test
    void anExceptionReleasesTheMonitorOfASynchronizedMethod() {
        assertThat(run("return LOCK.locked(-1);")).containsExactly("acquire Main", "release Main");
        assertThat(run("try { return Main.lockedClass(-1); } finally { LOCK.nothing(); }"))
                .containsExactly("acquire class Main", "release class Main", "acquire Main", "release Main");
    }

    @Test
    void aWaitReleasesAndAcquiresTheMonitor() {
        assertThat(run("synchronized (LOCK) { LOCK.wait(1); LOCK.wait(0, 1); } return 0;"))
                .containsExactly(
                        "acquire Main", "release Main", "acquire Main", "release Main", "acquire Main", "release Main");
    }

    @Test
    void aWaitThatIsInterruptedAcquiresTheMonitor() {
        assertThat(run("Thread.currentThread().interrupt(); synchronized (LOCK) { LOCK.wait(); } return 0;"))
                .containsExactly("acquire Main", "release Main", "acquire Main", "release Main");
    }

    @Test
    void anInterfaceCanWait() {
        assertThat(run("synchronized (LOCK) { LOCK.pause(); } return 0;"))
                .containsExactly("acquire Main", "release Main", "acquire Main", "release Main");
    }

    private static List<String> run(String body) {
        return Rewritten.of(
                        """
                        interface Pausing {
                            default void pause() throws InterruptedException { wait(1); }
                        }
                        class Main implements Pausing {
                            static final Main LOCK = new Main();
                            synchronized int locked(int value) {
                                for (int i = 0; i < 3; i++) {
                                    if (value == i) {
                                        return value;
                                    }
                                }
                                if (value < 0) {
                                    throw new IllegalStateException();
                                }
                                return 0;
                            }
                            synchronized void nothing() {}
                            static synchronized long lockedClass(long value) {
                                try {
                                    return value < 0 ? Long.parseLong("x") : value;
                                } finally {
                                    value++;
                                }
                            }
                            static Object run() throws Exception {
                                BODY
                            }
                        }
                        """
                                .replace("BODY", body))
                .run();
    }
}
