package gofer.conformance.time;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.goexit;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.RecvChan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When no goroutine is left, a pending function keeps the program alive, and an alarm without a reader does not.
class LastTimerTest {

    static final class Unread {
        static void main(String[] args) {
            Go.main(() -> {
                RecvChan<Instant> unread = after(Duration.ofHours(1));
                try {
                    throw goexit();
                } finally {
                    Reference.reachabilityFence(unread);
                }
            });
        }
    }

    static final class Pending {
        static void main(String[] args) {
            Go.main(() -> {
                afterFunc(Duration.ofHours(1), () -> {}).stop();
                go(() -> sleep(Duration.ofMillis(10)));
                afterFunc(
                        Duration.ofMillis(50),
                        () -> {
                            IO.println("first");
                            afterFunc(Duration.ofMillis(50), () -> IO.println("second"));
                        });
                throw goexit();
            });
        }
    }

    @Test
    @Pins("TM-14")
    void unreadAlarmDoesNotKeepTheProgramAlive() {
        expectDeadlock(ChildProgram.run(Unread.class), "");
    }

    @Test
    @Pins("TM-14")
    void pendingFunctionKeepsTheProgramAlive() {
        expectDeadlock(ChildProgram.run(Pending.class), "first\nsecond\n");
    }

    private static void expectDeadlock(ChildProgram program, String out) {
        assertThat(program.out()).isEqualToIgnoringNewLines(out);
        assertThat(program.err()).startsWith("fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
        assertThat(program.status()).isEqualTo(2);
    }
}
