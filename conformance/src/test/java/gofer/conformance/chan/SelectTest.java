package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Default;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Select;
import gofer.chan.Selects;
import gofer.chan.Third;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The choice of a select: `select.go` to `select8.go`, `TestSelectFairness`.
class SelectTest {

    private final Chan<Integer> one = Chan.make();
    private final Chan<Integer> two = Chan.make();

    @Test
    @Pins("SE-02")
    void selectWithoutArmsBlocksForever() { // select3.go
        RecvChan<Integer> never = RecvChan.never();
        Eventually.blocked(Go.go(Go::block), WaitReason.SELECT_NO_CASES);
        Eventually.blocked(
                Go.go(() -> {
                    var _ = Selects.select(never);
                }),
                WaitReason.SELECT_NO_CASES);
        Eventually.blocked(
                Go.go(() -> {
                    var _ = Selects.select(never, Chan.<Integer>never().sending(1));
                }),
                WaitReason.SELECT_NO_CASES);
    }

    @Test
    @Pins("SE-03")
    void choiceAmongReadyArmsIsFair() { // TestSelectFairness, TestPseudoRandomSend
        int trials = 10_000;
        Chan<Integer> a = Chan.make(trials + 1);
        Chan<Integer> b = Chan.make(trials + 1);
        for (int i = 0; i <= trials; i++) {
            a.send(1);
            b.send(2);
        }
        Chan<Integer> never = Chan.make();
        int[] counts = new int[4];
        for (int i = 0; i < trials; i++) {
            switch (Selects.select(never, a, b)) {
                case First(_) -> counts[1]++;
                case Second(_) -> counts[2]++;
                case Third(_) -> counts[3]++;
            }
        }
        assertThat(counts[1]).isZero();
        double sigma = Math.sqrt(trials * 0.25);
        assertThat(Math.abs(counts[2] - trials / 2.0)).isLessThan(10 * sigma);
    }

    @Test
    @Pins("SE-03")
    void choiceAmongReadySendsIsFair() {
        Chan<Integer> chan = Chan.make(100);
        for (int i = 0; i < 100; i++) {
            var _ = Selects.select(chan.sending(0), chan.sending(1));
        }
        int ones = 0;
        for (int i = 0; i < 100; i++) {
            ones += chan.recv();
        }
        assertThat(ones).isBetween(11, 89);
    }

    @Test
    @Pins("SE-04")
    void defaultIsTakenOnlyIfNoArmIsReady() {
        assertThat(Selects.trySelect(one, two.sending(1))).isEqualTo(new Default<>());
        Chan<Integer> ready = Chan.make(1);
        for (int i = 0; i < 100; i++) {
            ready.send(i);
            assertThat(Selects.trySelect(one, ready)).isEqualTo(new Second<>(new Value<>(i)));
        }
    }

    @Test
    @Pins("SE-05")
    void disabledArmIsNeverChosen() { // select.go
        Chan<Integer> ready = Chan.make(1);
        ready.send(1);
        for (int i = 0; i < 100; i++) {
            assertThat(Selects.trySelect(ready.when(false), one)).isEqualTo(new Default<>());
        }
        assertThat(Selects.trySelect(ready.when(true), one)).isEqualTo(new First<>(new Value<>(1)));
    }

    /// The sender alternates between the two arms of a select, and a plain receive gets each value.
    @Test
    @Pins("SE-05")
    void armsAreEnabledAndDisabledPerIteration() { // select.go
        try (var crew = new Crew()) {
            crew.go(() -> {
                boolean odd = true;
                for (int i = 0; i < 200; i++) {
                    var _ = Selects.select(one.when(odd).sending(i), two.when(!odd).sending(i));
                    odd = !odd;
                }
            });
            for (int i = 0; i < 200; i += 2) {
                assertThat(one.recv()).isEqualTo(i);
                assertThat(two.recv()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    @Pins("SE-11")
    void receiveCanDiscardItsValue() { // select7.go
        List<Runnable> senders =
                List.of(
                        () -> one.send(1),
                        () -> {
                            var _ = Selects.select(one.sending(1));
                        },
                        () -> {
                            var _ = Selects.select(one.sending(1), two);
                        });
        List<Runnable> receivers = new ArrayList<>();
        receivers.add(one::recv);
        receivers.add(() -> {
            var _ = Selects.select(one);
        });
        receivers.add(() -> assertThat(Selects.select(two, one)).isInstanceOf(Second.class));
        receivers.add(() -> {
            switch (Selects.select(one, two, RecvChan.never())) {
                case First(_) -> {}
                case Second(_), Third(_) -> throw new AssertionError();
            }
        });
        for (Runnable sender : senders) {
            for (Runnable receiver : receivers) {
                try (var crew = new Crew()) {
                    crew.go(sender::run);
                    receiver.run();
                }
            }
        }
    }

    @Test
    @Pins("SE-12")
    void armCanBreakOutOfTheLoopOrOnlyTheSelect() { // select8.go
        Chan<Integer> chan = Chan.make(3);
        for (int i = 0; i < 3; i++) {
            chan.send(i);
        }
        int seen = 0;
        loop:
        while (true) {
            switch (Selects.trySelect(chan, two)) {
                case First(Value(var v)) -> {
                    if (v == 1) {
                        break; // leaves only the switch
                    }
                    seen++;
                }
                case First(Closed()), Second(_) -> throw new AssertionError();
                case Default() -> {
                    break loop;
                }
            }
        }
        assertThat(seen).isEqualTo(2);
    }

    @Test
    @Pins("SE-13")
    void anyNumberOfHandlesIsAllowed() { // reflect: TestSelect, TestSelectMaxCases
        List<Chan<Integer>> channels = new ArrayList<>();
        Select select = new Select();
        List<Object> handles = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Chan<Integer> chan = Chan.make(1);
            channels.add(chan);
            handles.add(select.recv(chan));
        }
        assertThat(select.poll()).isNull();
        for (int i : new int[] {0, 500, 999}) {
            channels.get(i).send(i);
            var arm = select.await();
            assertThat(arm).isSameAs(handles.get(i));
        }
    }

    /// Go's `reflect.Select` blocks forever without cases. In Java `block` does that, and an empty select of handles is an
    /// error.
    @Test
    @Pins("SE-13")
    void selectOfHandlesWithoutArmsIsRefused() {
        assertThatThrownBy(new Select()::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("select with no arms");
        assertThatThrownBy(new Select()::poll)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("select with no arms");
    }

    @Test
    @Pins("SE-14")
    void everyNumberOfArmsBehavesAlike() {
        Chan<Integer> ready = Chan.make(1);
        ready.send(1);
        assertThat(Selects.select(ready)).isEqualTo(new First<>(new Value<>(1)));
        ready.send(2);
        assertThat(Selects.trySelect(ready)).isEqualTo(new First<>(new Value<>(2)));
        assertThat(Selects.trySelect(ready)).isEqualTo(new Default<>());
        assertThat(Selects.trySelect(ready.sending(3))).isInstanceOf(First.class);
        assertThat(Selects.trySelect(ready.sending(4))).isEqualTo(new Default<>());
        assertThat(Selects.select(one, two, one, two, one, ready)).hasToString("Sixth[result=Value[value=3]]");
    }

    @Test
    @Pins("SE-15")
    void valueCanBeSentAsItsInterface() { // TestChanSendInterface
        Chan<CharSequence> chan = Chan.make(1);
        String text = "text";
        chan.send(text);
        assertThat(chan.recv()).isSameAs(text);
        var _ = Selects.select(chan.sending(text));
        assertThat(chan.recv()).isSameAs(text);
        var _ = Selects.select(chan.sending(text), one, two);
        assertThat(chan.recv()).isSameAs(text);
    }

    /// Arms have no priority. A preceding select with a default gives one arm priority.
    @Test
    @Pins("SE-16")
    void selectsCanBeNested() {
        Chan<Integer> urgent = Chan.make(100);
        Chan<Integer> usual = Chan.make(100);
        for (int i = 0; i < 100; i++) {
            urgent.send(i);
            usual.send(i);
        }
        List<Boolean> order = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean first =
                    Selects.trySelect(urgent) instanceof First || Selects.select(urgent, usual) instanceof First;
            order.add(first);
        }
        assertThat(order.subList(0, 100)).containsOnly(true);
        assertThat(order.subList(100, 200)).containsOnly(false);
    }
}
