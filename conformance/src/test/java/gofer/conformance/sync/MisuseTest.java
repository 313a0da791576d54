package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Unlocking an unlocked lock ends the program. `mutex_test.go: TestMutexMisuse`.
@SuppressWarnings({"LockGuardsNothing", "LockLeak"})
class MisuseTest {

    enum Misuse {
        UNLOCK_OF_A_FREE_MUTEX,
        UNLOCK_TWICE_OF_A_MUTEX,
        UNLOCK_OF_A_FREE_LOCK,
        UNLOCK_OF_A_READ_LOCK,
        UNLOCK_TWICE,
        R_UNLOCK_OF_A_FREE_LOCK,
        R_UNLOCK_OF_A_WRITE_LOCK,
        R_UNLOCK_TWICE;

        void run() {
            Mutex mu = new Mutex();
            RWMutex rw = new RWMutex();
            switch (this) {
                case UNLOCK_OF_A_FREE_MUTEX -> mu.unlock();
                case UNLOCK_TWICE_OF_A_MUTEX -> {
                    mu.lock();
                    mu.unlock();
                    mu.unlock();
                }
                case UNLOCK_OF_A_FREE_LOCK -> rw.unlock();
                case UNLOCK_OF_A_READ_LOCK -> {
                    rw.rLock();
                    rw.unlock();
                }
                case UNLOCK_TWICE -> {
                    rw.lock();
                    rw.unlock();
                    rw.unlock();
                }
                case R_UNLOCK_OF_A_FREE_LOCK -> rw.rUnlock();
                case R_UNLOCK_OF_A_WRITE_LOCK -> {
                    rw.lock();
                    rw.rUnlock();
                }
                case R_UNLOCK_TWICE -> {
                    rw.rLock();
                    rw.rUnlock();
                    rw.rUnlock();
                }
            }
        }

        String message() {
            return switch (this) {
                case UNLOCK_OF_A_FREE_MUTEX, UNLOCK_TWICE_OF_A_MUTEX -> "sync: unlock of unlocked mutex";
                case UNLOCK_OF_A_FREE_LOCK, UNLOCK_OF_A_READ_LOCK, UNLOCK_TWICE -> "sync: Unlock of unlocked RWMutex";
                default -> "sync: RUnlock of unlocked RWMutex";
            };
        }
    }

    static final class Program {
        static void main(String[] args) {
            Go.main(() -> {
                try {
                    Misuse.valueOf(System.getProperty("misuse")).run();
                } catch (Exception _) { // a panic can be caught here, but not this
                    IO.println("recovered");
                }
                IO.println("continues");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Misuse.class)
    @Pins({"MU-02", "RW-04"})
    void misuseEndsTheProgram(Misuse misuse) {
        ChildProgram program = ChildProgram.run(Program.class, "-Dmisuse=" + misuse);
        assertThat(program.err()).startsWith("fatal error: " + misuse.message() + "\n");
        assertThat(program.out()).isEmpty();
        assertThat(program.status()).isEqualTo(2);
    }
}
