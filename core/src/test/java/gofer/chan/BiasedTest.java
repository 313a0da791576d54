package gofer.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Selects in which the first ready arm wins.
class BiasedTest {

    private static final int MOST_ARMS = 6;
    private static final int VALUES = 50_000;

    /// For each number of arms, and each set of arms that are ready, receives and sends.
    @TestWithCapacities
    void performsTheFirstArmThatIsReady(int capacity) {
        for (int size = 1; size <= MOST_ARMS; size++) {
            for (int ready = 1; ready < 1 << size; ready++) {
                int expected = Integer.numberOfTrailingZeros(ready);
                assertThat(index(select(receiving(size, ready, capacity)))).isEqualTo(expected);
                assertThat(index(trySelect(receiving(size, ready, capacity)))).isEqualTo(expected);
                assertThat(index(select(sending(size, ready, capacity)))).isEqualTo(expected);
                assertThat(index(trySelect(sending(size, ready, capacity)))).isEqualTo(expected);
            }
        }
    }

    @TestWithCapacities
    void aSelectWithHandlesPerformsTheFirstArmThatIsReady(int capacity) {
        for (int size = 1; size <= MOST_ARMS; size++) {
            for (int ready = 1; ready < 1 << size; ready++) {
                List<RecvCase<Integer>> cases = new ArrayList<>();
                Select select = Select.biased();
                for (Arm<?> arm : receiving(size, ready, capacity)) {
                    cases.add(select.recv(integers(arm)));
                }
                assertThat(select.await()).isSameAs(cases.get(Integer.numberOfTrailingZeros(ready)));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static RecvChan<Integer> integers(Arm<?> arm) {
        return (RecvChan<Integer>) arm;
    }

    @TestWithCapacities
    void choosesTheDefaultOnlyIfNoArmIsReady(int capacity) {
        for (int size = 1; size <= MOST_ARMS; size++) {
            assertThat(trySelect(receiving(size, 0, capacity))).isEqualTo(new Default<>());
            assertThat(trySelect(sending(size, 0, capacity))).isEqualTo(new Default<>());
        }
    }

    /// Both arms are for the same operation.
    @Test
    void ofTwoArmsForTheSameOperationTheFirstWins() {
        Chan<Integer> chan = Chan.make();
        try (var crew = new Crew()) {
            for (int i = 0; i < 100; i++) {
                Goroutine receiver =
                        crew.go(() -> assertThat(Biased.select(chan, chan)).isEqualTo(new First<>(new Value<>(1))));
                Eventually.blocked(receiver, WaitReason.SELECT);
                chan.send(1);
                Eventually.ended(receiver);
            }
        }
    }

    @TestWithCapacities
    void waitsUntilAnArmIsReady(int capacity) {
        Chan<Integer> first = Chan.make(capacity);
        Chan<Integer> second = Chan.make(capacity);
        try (var crew = new Crew()) {
            Goroutine receiver =
                    crew.go(() -> assertThat(Biased.select(first, second)).isEqualTo(new Second<>(new Value<>(7))));
            Eventually.blocked(receiver, WaitReason.SELECT);
            second.send(7);
        }
        assertThat(first.trySend(1)).as("no waiter is left").isEqualTo(capacity > 0);
    }

    @Test
    void aClosedChannelIsReady() {
        Chan<Integer> quit = Chan.make();
        Chan<Integer> work = Chan.make(1);
        work.send(1);
        quit.close();
        assertThat(Biased.select(quit, work)).isEqualTo(new First<>(new Closed<>()));
        assertThatThrownBy(
                        () -> {
                            var _ = Biased.select(quit.sending(1), work);
                        })
                .isInstanceOf(ChanClosedException.class);
    }

    /// Each value is on the urgent channel before its number is on the other one. So the number never arrives first.
    @Test
    void noValueOvertakesOneThatWasThereBefore() {
        Chan<Integer> urgent = Chan.make(16);
        Chan<Integer> normal = Chan.make(16);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < VALUES; i++) {
                    urgent.send(i);
                    normal.send(i);
                }
            });
            int last = -1;
            int lastNormal = -1;
            while (lastNormal < VALUES - 1) {
                switch (Biased.trySelect(
                        urgent, normal)) { // again and again, so that it often looks while the other sends
                    case First(Value(var value)) -> assertThat(value).isEqualTo(++last);
                    case Second(Value(var value)) -> {
                        assertThat(value).isEqualTo(++lastNormal);
                        assertThat(last).as("the last urgent value").isGreaterThanOrEqualTo(value);
                    }
                    case First(Closed()) -> throw new AssertionError("closed");
                    case Second(Closed()) -> throw new AssertionError("closed");
                    case Default() -> Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void nullArmsAreRefused() {
        assertThatThrownBy(
                        () -> {
                            var _ = Biased.select(Chan.<Integer>make(1).sending(1), Nulls.nothing());
                        })
                .isInstanceOf(NullPointerException.class)
                .hasMessage("select arm");
    }

    /// Returns channels, of which those in the set `ready` have a value.
    private static Arm<?>[] receiving(int size, int ready, int capacity) {
        var arms = new Arm<?>[size];
        for (int i = 0; i < size; i++) {
            boolean hasValue = (ready & 1 << i) != 0;
            Chan<Integer> chan = Chan.make(hasValue ? Math.max(1, capacity) : capacity);
            if (hasValue) {
                chan.send(i);
            }
            arms[i] = chan;
        }
        return arms;
    }

    /// Returns sends, of which those in the set `ready` need not wait.
    private static Arm<?>[] sending(int size, int ready, int capacity) {
        var arms = new Arm<?>[size];
        for (int i = 0; i < size; i++) {
            boolean hasRoom = (ready & 1 << i) != 0;
            Chan<Integer> chan = Chan.make(hasRoom ? capacity + 1 : capacity);
            for (int k = 0; k < capacity; k++) {
                chan.send(k);
            }
            arms[i] = chan.sending(i);
        }
        return arms;
    }

    private static Object select(Arm<?>... a) {
        return switch (a.length) {
            case 1 -> Biased.select(a[0]);
            case 2 -> Biased.select(a[0], a[1]);
            case 3 -> Biased.select(a[0], a[1], a[2]);
            case 4 -> Biased.select(a[0], a[1], a[2], a[3]);
            case 5 -> Biased.select(a[0], a[1], a[2], a[3], a[4]);
            default -> Biased.select(a[0], a[1], a[2], a[3], a[4], a[5]);
        };
    }

    private static Object trySelect(Arm<?>... a) {
        return switch (a.length) {
            case 1 -> Biased.trySelect(a[0]);
            case 2 -> Biased.trySelect(a[0], a[1]);
            case 3 -> Biased.trySelect(a[0], a[1], a[2]);
            case 4 -> Biased.trySelect(a[0], a[1], a[2], a[3]);
            case 5 -> Biased.trySelect(a[0], a[1], a[2], a[3], a[4]);
            default -> Biased.trySelect(a[0], a[1], a[2], a[3], a[4], a[5]);
        };
    }

    private static int index(Object selected) {
        return switch (selected) {
            case First<?, ?, ?, ?, ?, ?> _ -> 0;
            case Second<?, ?, ?, ?, ?, ?> _ -> 1;
            case Third<?, ?, ?, ?, ?, ?> _ -> 2;
            case Fourth<?, ?, ?, ?, ?, ?> _ -> 3;
            case Fifth<?, ?, ?, ?, ?, ?> _ -> 4;
            case Sixth<?, ?, ?, ?, ?, ?> _ -> 5;
            default -> throw new AssertionError(selected);
        };
    }
}
