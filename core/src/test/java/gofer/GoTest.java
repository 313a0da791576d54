package gofer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import gofer.runtime.program.Program;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GoTest {

    /// The exception names the argument, and the call has no effect.
    @Test
    @SuppressWarnings("NullAway")
    void nullArgumentsAreNamed() {
        assertThatNullPointerException().isThrownBy(() -> Go.go(null)).withMessage("go of nil func value");
        assertThatNullPointerException().isThrownBy(() -> Go.go("name", null)).withMessage("go of nil func value");
        assertThatNullPointerException().isThrownBy(() -> Go.go(null, () -> {})).withMessage("goroutine name");
        assertThatNullPointerException().isThrownBy(() -> Go.main(null)).withMessage("go of nil func value");
        assertThatNullPointerException().isThrownBy(() -> Go.sleep(null)).withMessage("d");
        assertThatNullPointerException().isThrownBy(() -> Go.tick(null)).withMessage("d");
        assertThatNullPointerException().isThrownBy(() -> Go.after(null)).withMessage("delay");
        assertThatNullPointerException().isThrownBy(() -> Go.afterFunc(null, () -> {})).withMessage("delay");
        assertThatNullPointerException()
                .isThrownBy(() -> Go.afterFunc(Duration.ZERO, null))
                .withMessage("afterFunc of nil func value");
        assertThat(Program.isRunning()).isFalse();
    }

    @Test
    void tooManyProcessorsAreRejected() {
        int before = Go.gomaxprocs(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Go.gomaxprocs(Integer.MAX_VALUE))
                .withMessageMatching("gomaxprocs: (the JDK|Gofer)'s scheduler refuses " + Integer.MAX_VALUE);
        assertThat(Go.gomaxprocs(Integer.MIN_VALUE)).isEqualTo(before);
    }

    @Test
    void otherThreadCannotCallGoexit() {
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    throw Go.goexit();
                })
                .withMessageStartingWith("goexit on Thread[#")
                .withMessageEndingWith(", which is not a goroutine");
    }
}
