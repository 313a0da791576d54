package gofer.conformance.chan;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Select;
import gofer.chan.Selects;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A misused channel ends the program with a message and an exit status.
class DeathTest {

    private static final String SEND = "panic: gofer.chan.ChanClosedException: send on closed channel";

    /// One misuse, selected by the property `misuse`.
    @SuppressWarnings("ClosedTwice")
    static final class Misuse {

        private static final RecvChan<Integer> NEVER = RecvChan.never();

        static void main(String[] args) {
            String misuse = System.getProperty("misuse", "");
            Go.main(() -> {
                Chan<Integer> chan = Chan.make(1);
                chan.close();
                switch (misuse) {
                    case "send" -> chan.send(1);
                    case "trySend" -> {
                        var _ = chan.trySend(1);
                    }
                    case "select" -> {
                        var _ = Selects.select(NEVER, chan.sending(1));
                    }
                    case "trySelect" -> {
                        var _ = Selects.trySelect(chan.sending(1));
                    }
                    case "handles" -> {
                        Select select = new Select();
                        select.send(chan).offer(1);
                        var _ = select.await();
                    }
                    case "close" -> chan.close();
                    case "closeNever" -> Chan.never().close();
                    case "recv" -> chan.recv();
                    default -> throw new IllegalArgumentException(misuse);
                }
                IO.println("went on");
            });
        }
    }

    /// Closes a channel on which a goroutine waits to send, in a plain send or in a select by the property `waits`.
    static final class CloseUnderSender {
        static void main(String[] args) {
            boolean plain = System.getProperty("waits", "").equals("send");
            Go.main(() -> {
                Chan<Integer> chan = Chan.make();
                Goroutine sender = go("sender", () -> send(chan, plain));
                Eventually.blocked(sender, plain ? WaitReason.CHAN_SEND : WaitReason.SELECT);
                try {
                    chan.close();
                    throw Go.block();
                } catch (IllegalStateException e) { // the sender must get it
                    IO.println("caught by the closer");
                }
            });
        }

        private static void send(Chan<Integer> chan, boolean plain) {
            if (plain) {
                chan.send(1);
            } else {
                var _ = Selects.select(chan.sending(1), Misuse.NEVER);
            }
        }
    }

    /// Catches the exception of a misuse, and continues to use the channel.
    static final class Recovers {
        static void main(String[] args) {
            Go.main(() -> {
                Chan<Integer> chan = Chan.make(1);
                chan.send(7);
                chan.close();
                try {
                    chan.send(8);
                } catch (IllegalStateException closed) {
                    IO.println(closed.getMessage());
                }
                IO.println(chan.recvOk());
                IO.println(chan.recvOk());
            });
        }
    }

    /// Waits on a channel that is never ready, selected by the property `waits`.
    static final class WaitsForever {
        static void main(String[] args) {
            String waits = System.getProperty("waits", "");
            Go.main(() -> {
                switch (waits) {
                    case "send" -> Chan.<Integer>never().send(1);
                    case "recv" -> Misuse.NEVER.recv();
                    case "range" -> Misuse.NEVER.forEach(IO::println);
                    case "select" -> {
                        var _ = Selects.select(Misuse.NEVER, Chan.<Integer>never().sending(1));
                    }
                    default -> throw new IllegalArgumentException(waits);
                }
                IO.println("went on");
            });
        }
    }

    @ParameterizedTest
    @Pins("CH-03")
    @ValueSource(strings = {"send", "trySend"})
    void sendOnAClosedChannelEndsTheProgram(String misuse) {
        assertDies(misuse, SEND);
    }

    @ParameterizedTest
    @Pins({"CH-03", "SE-06"})
    @ValueSource(strings = {"select", "trySelect", "handles"})
    void selectedSendOnAClosedChannelEndsTheProgram(String misuse) {
        assertDies(misuse, SEND);
    }

    @Test
    @Pins("CH-05")
    void invalidCloseEndsTheProgram() {
        assertDies("close", "panic: gofer.chan.ChanClosedException: close of closed channel");
        assertDies("closeNever", "panic: gofer.chan.ChanClosedException: close of nil channel");
    }

    /// Go returns a zero value. A plain receive in Java has none.
    @Test
    @Pins("CH-06")
    void plainReceiveOfTheEndEndsTheProgram() {
        assertDies("recv", "panic: gofer.chan.ChanClosedException: receive from closed channel");
    }

    private static void assertDies(String misuse, String headline) {
        ChildProgram program = ChildProgram.run(Misuse.class, "-Dmisuse=" + misuse);
        assertThat(program.out()).isEmpty();
        assertThat(program.err().lines())
                .startsWith(headline, "", "goroutine 1 \"main\" [running]:")
                .anyMatch(line -> line.startsWith("\tat " + Misuse.class.getName()));
        assertThat(program.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @Pins("CH-04")
    @ValueSource(strings = {"send", "select"})
    void closePanicsTheWaitingSenderAndNotTheCloser(String waits) {
        ChildProgram program = ChildProgram.run(CloseUnderSender.class, "-Dwaits=" + waits);
        assertThat(program.out()).isEmpty();
        assertThat(program.err())
                .startsWith(SEND)
                .containsPattern("goroutine \\d+ \"sender\" \\[running]:")
                .contains("\tat " + CloseUnderSender.class.getName() + ".send(")
                .contains("created by goroutine 1 at ");
        assertThat(program.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @Pins({"CH-02", "SE-02"})
    @CsvSource({
        "send,   chan send (nil chan)",
        "recv,   chan receive (nil chan)",
        "range,  chan receive (nil chan)",
        "select, select (no cases)",
    })
    void programThatOnlyWaitsIsADeadlock(String waits, String reason) {
        ChildProgram program = ChildProgram.run(WaitsForever.class, ChildProgram.OWN_SCHEDULER, "-Dwaits=" + waits);
        assertThat(program.out()).isEmpty();
        assertThat(program.err())
                .startsWith("fatal error: all goroutines are asleep - deadlock!")
                .contains("goroutine 1 \"main\" [" + reason);
        assertThat(program.status()).isEqualTo(2);
    }

    @Test
    @Pins({"CH-03", "CH-06"})
    void caughtExceptionLeavesTheChannelUsable() {
        ChildProgram program = ChildProgram.run(Recovers.class);
        assertThat(program.out().lines()).containsExactly("send on closed channel", "Value[value=7]", "Closed[]");
        assertThat(program.err()).isEmpty();
        assertThat(program.status()).isZero();
    }
}
