package gofer.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.time.Alarm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// [Select], whose arms are registered once.
class SelectTest {

    private final Chan<Integer> numbers = Chan.make(2);
    private final Chan<String> words = Chan.make(2);
    private final Select select = new Select();

    @Test
    void returnsTheCaseThatWasPerformed() {
        RecvCase<Integer> number = select.recv(numbers);
        RecvCase<String> word = select.recv(words);
        words.send("one");
        assertThat(select.await()).isSameAs(word);
        assertThat(word.value()).isEqualTo("one");
        assertThat(word.received()).isEqualTo(new Value<>("one"));
        numbers.send(2);
        assertThat(select.poll()).isSameAs(number);
        assertThat(number.value()).isEqualTo(2);
        assertThat(word.value()).as("until it is chosen again").isEqualTo("one");
        assertThat(select.poll()).isNull();
    }

    @Test
    void reportsAClosedChannel() {
        RecvCase<Integer> number = select.recv(numbers);
        numbers.send(1);
        numbers.close();
        assertThat(select.await()).isSameAs(number);
        assertThat(number.closed()).isFalse();
        assertThat(select.await()).isSameAs(number);
        assertThat(number.closed()).isTrue();
        assertThat(number.received()).isEqualTo(new Closed<>());
        assertThatThrownBy(number::value)
                .isInstanceOf(ChanClosedException.class)
                .hasMessage("receive from closed channel");
    }

    @Test
    void armHasNoValueBeforeItIsChosen() {
        RecvCase<Integer> number = select.recv(numbers);
        assertThat(number.closed()).isFalse();
        assertThatThrownBy(number::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not been chosen");
        assertThatThrownBy(number::received).isInstanceOf(IllegalStateException.class);
    }

    /// A send arm is disabled until it has a value, sends it once, and is disabled again.
    @Test
    void sendsEachOfferOnce() {
        SendCase<Integer> number = select.send(numbers);
        assertThat(select.poll()).isNull();
        number.offer(1);
        number.offer(2); // in place of 1
        assertThat(select.poll()).isSameAs(number);
        assertThat(select.poll()).isNull();
        assertThat(numbers.tryRecv()).isEqualTo(new Value<>(2));
        assertThat(numbers.tryRecv()).isEqualTo(new Empty<>());
    }

    @Test
    void failedSendUsesUpTheOffer() {
        SendCase<Integer> number = select.send(numbers);
        numbers.close();
        number.offer(1);
        assertThatThrownBy(select::await).isInstanceOf(ChanClosedException.class).hasMessage("send on closed channel");
        assertThat(select.poll()).isNull();
        assertThatThrownBy(() -> number.offer(Nulls.nothing())).isInstanceOf(NullPointerException.class);
    }

    @Test
    void armCanBeDisabledAndEnabled() {
        RecvCase<Integer> number = select.recv(numbers);
        SendCase<String> word = select.send(words);
        numbers.send(1);
        word.offer("one");
        number.enable(false);
        word.enable(false);
        assertThat(select.poll()).isNull();
        word.enable(true);
        assertThat(select.poll()).isSameAs(word);
        number.enable(true);
        assertThat(select.poll()).isSameAs(number);
        word.enable(true);
        assertThat(select.poll()).as("its offer is used up").isNull();
    }

    @Test
    void waitsForeverIfAllArmsAreDisabled() {
        select.recv(numbers).enable(false);
        select.recv(Chan.never());
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() ->
                            assertThatThrownBy(select::await)
                                    .isInstanceOf(InterruptException.class)
                                    .hasMessage("interrupted during select (no cases)"));
            Eventually.blocked(g, WaitReason.SELECT_NO_CASES);
            g.thread().interrupt();
        }
    }

    @Test
    void needsAnArm() {
        assertThatThrownBy(select::await).isInstanceOf(IllegalStateException.class).hasMessage("select with no arms");
        assertThatThrownBy(select::poll).isInstanceOf(IllegalStateException.class).hasMessage("select with no arms");
        assertThatThrownBy(() -> select.recv(Nulls.nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> select.send(Nulls.nothing())).isInstanceOf(NullPointerException.class);
    }

    /// An interrupt ends one wait. The offer is kept, and the next wait is like the first.
    @Test
    void canBeUsedAgainAfterAnInterrupt() {
        Chan<Integer> unbuffered = Chan.make();
        SendCase<Integer> send = select.send(unbuffered);
        RecvCase<String> word = select.recv(words);
        send.offer(7);
        for (int i = 0; i < 3; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(select::await).isInstanceOf(InterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(unbuffered.tryRecv()).isEqualTo(new Empty<>());
        }
        try (var crew = new Crew()) {
            crew.go(() -> assertThat(unbuffered.recv()).isEqualTo(7));
            assertThat(select.await()).isSameAs(send);
            words.send("one");
            assertThat(select.await()).isSameAs(word);
        }
    }

    @Test
    void canBeUsedAgainAfterACancellation() {
        RecvCase<Integer> number = select.recv(numbers);
        var enough = new IllegalArgumentException("enough");
        try (var crew = new Crew()) {
            for (int i = 0; i < 3; i++) {
                var ctx = new ManualCancellation();
                Goroutine g = crew.go(() -> assertThatThrownBy(() -> select.await(ctx)).isSameAs(enough));
                Eventually.blocked(g, WaitReason.SELECT);
                ctx.cancel(enough);
                Eventually.ended(g);
                numbers.send(i);
                assertThatThrownBy(() -> select.await(ctx)).as("cancelled wins over ready").isSameAs(enough);
                assertThat(select.await(new ManualCancellation())).isSameAs(number);
                assertThat(number.value()).isEqualTo(i);
            }
        }
        assertThatThrownBy(() -> select.await(Nulls.nothing())).hasMessage("ctx");
    }

    /// It works when handed from one goroutine to another, and throws when two use it at once.
    @Test
    void isForOneGoroutineAtATime() {
        RecvCase<Integer> number = select.recv(numbers);
        try (var crew = new Crew()) {
            for (int i = 0; i < 3; i++) {
                Goroutine g = crew.go(() -> assertThat(select.await()).isSameAs(number));
                Eventually.blocked(g, WaitReason.SELECT);
                assertThatThrownBy(select::poll)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Select is used by two goroutines at once");
                assertThatThrownBy(() -> select.recv(words)).isInstanceOf(IllegalStateException.class);
                numbers.send(i);
                Eventually.ended(g);
            }
        }
    }

    @Test
    void acceptsTimers() {
        Alarm alarm = Alarm.in(Duration.ofMillis(1));
        RecvCase<Integer> number = select.recv(numbers);
        var time = select.recv(alarm.c());
        assertThat(select.await()).isSameAs(time);
        alarm.reset(Duration.ofDays(1));
        assertThat(select.poll()).isNull();
        numbers.send(1);
        assertThat(select.await()).isSameAs(number);
        alarm.reset(Duration.ofMillis(1));
        assertThat(select.await()).isSameAs(time);
        assertThat(time.closed()).isFalse();
    }

    /// A loop over hundreds of arms, on few and on many channels, gets every value once.
    @Test
    void acceptsManyArms() {
        var many = new Chan<?>[500];
        for (int i = 0; i < many.length; i++) {
            Chan<Integer> chan = Chan.make(1);
            many[i] = chan;
            chan.send(i);
            select.recv(chan);
            if (i % 3 == 0) {
                select.recv(chan);
            }
        }
        long sum = 0;
        for (int i = 0; i < many.length; i++) {
            if (select.await() instanceof RecvCase<?> arm && arm.value() instanceof Integer value) {
                sum += value;
            }
        }
        assertThat(sum).isEqualTo(500 * 499 / 2);
        assertThat(select.poll()).isNull();
    }
}
