package gofer.chan;

import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Channels on which no send waits: they drop values, or have no limit.
class OverflowTest {

    private static final int VALUES = Rounds.of(200_000);
    private static final int SENDERS = 4;

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 5", "2, 1", "2, 3", "3, 3", "3, 10", "64, 64", "64, 65", "64, 1000"})
    void dropsTheOldestValues(int capacity, int values) {
        Chan<Integer> chan = Chan.make(capacity, Overflow.DROP_OLDEST);
        for (int i = 0; i < values; i++) {
            if (i % 2 == 0) {
                chan.send(i);
            } else {
                assertThat(chan.trySend(i)).isTrue();
            }
        }
        assertThat(chan.len()).isEqualTo(Math.min(capacity, values));
        assertThat(chan.cap()).isEqualTo(capacity);
        assertThat(chan.core.dropped()).isEqualTo(Math.max(0, values - capacity));
        chan.close();
        assertThat(chan).containsExactlyElementsOf(range(Math.max(0, values - capacity), values));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 5", "2, 1", "2, 3", "3, 3", "3, 10", "64, 64", "64, 65", "64, 1000"})
    void dropsTheLatestValues(int capacity, int values) {
        Chan<Integer> chan = Chan.make(capacity, Overflow.DROP_LATEST);
        for (int i = 0; i < values; i++) {
            if (i % 2 == 0) {
                chan.send(i);
            } else {
                assertThat(chan.trySend(i)).isEqualTo(i < capacity);
            }
        }
        assertThat(chan.core.dropped()).isEqualTo(Math.max(0, values - capacity));
        chan.close();
        assertThat(chan).containsExactlyElementsOf(range(0, Math.min(capacity, values)));
    }

    @ParameterizedTest
    @EnumSource
    void aSendOfASelectIsAlwaysReady(Overflow overflow) {
        Chan<Integer> chan = Chan.make(1, overflow);
        Select handles = new Select();
        SendCase<Integer> send = handles.send(chan);
        for (int i = 0; i < 3; i++) {
            assertThat(select(chan.sending(i), RecvChan.never())).isEqualTo(new First<>(Sent.INSTANCE));
            send.offer(10 + i);
            assertThat(handles.poll()).isSameAs(send);
        }
        assertThat(chan.recv()).isEqualTo(overflow == Overflow.DROP_OLDEST ? 12 : 0);
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
    }

    @ParameterizedTest
    @EnumSource
    void aWaitingReceiverGetsTheValue(Overflow overflow) {
        Chan<Integer> chan = Chan.make(1, overflow);
        try (var crew = new Crew()) {
            Goroutine receiver = crew.go(() -> assertThat(chan.recv()).isEqualTo(1));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            chan.send(1);
            chan.send(2);
        }
        assertThat(chan.recv()).isEqualTo(2);
        assertThat(chan.core.dropped()).isZero();
    }

    @Test
    void aChannelWithAValueNeverLooksEmpty() {
        Chan<Integer> latest = Chan.make(1, Overflow.DROP_OLDEST);
        latest.send(0);
        try (var crew = new Crew()) {
            Goroutine sender =
                    crew.go(() -> {
                        for (int i = 1; i < VALUES; i++) {
                            latest.send(i);
                        }
                    });
            while (sender.state() != Goroutine.State.ENDED) {
                assertThat(latest.len()).isOne();
            }
        }
    }

    /// Every value is received or dropped, and each sender's values arrive in order.
    @ParameterizedTest
    @CsvSource({"DROP_OLDEST, 1", "DROP_OLDEST, 7", "DROP_LATEST, 1", "DROP_LATEST, 7"})
    void accountsForEachValue(Overflow overflow, int capacity) {
        Chan<Integer> chan = Chan.make(capacity, overflow);
        var received = new AtomicLong();
        try (var receivers = new Crew()) {
            receivers.go(() -> {
                int[] last = new int[SENDERS];
                for (int value : chan) {
                    int sender = value % SENDERS;
                    assertThat(value).isGreaterThan(last[sender] - 1);
                    last[sender] = value + 1;
                    received.incrementAndGet();
                }
            });
            sendAll(chan);
        }
        assertThat(received.get()).isPositive();
        assertThat(received.get() + chan.core.dropped()).isEqualTo(VALUES);
    }

    @Test
    void anUnboundedChannelTakesAndDeliversEachValue() {
        Chan<Integer> chan = Chan.make(Chan.UNBOUNDED);
        var seen = new AtomicIntegerArray(VALUES);
        try (var receivers = new Crew()) {
            for (int i = 0; i < 2; i++) {
                receivers.go(() -> {
                    int[] last = new int[SENDERS];
                    for (int value : chan) {
                        seen.incrementAndGet(value);
                        assertThat(value).isGreaterThan(last[value % SENDERS] - 1);
                        last[value % SENDERS] = value + 1;
                    }
                });
            }
            sendAll(chan);
        }
        for (int value = 0; value < VALUES; value++) {
            assertThat(seen.get(value)).isEqualTo(1);
        }
    }

    @Test
    void noSendOnAnUnboundedChannelWaits() {
        Chan<Integer> chan = Chan.make(Chan.UNBOUNDED);
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 10_000; i += 3) {
            chan.send(i);
            assertThat(chan.trySend(i + 1)).isTrue();
            assertThat(select(chan.sending(i + 2))).isEqualTo(new First<>(Sent.INSTANCE));
            sent.addAll(List.of(i, i + 1, i + 2));
        }
        assertThat(chan.len()).isEqualTo(sent.size());
        assertThat(chan.cap()).isEqualTo(Chan.UNBOUNDED);
        assertThat(chan.toString()).endsWith("(" + sent.size() + "/unbounded)");
        chan.close();
        assertThat(chan).containsExactlyElementsOf(sent);
    }

    @ParameterizedTest
    @EnumSource
    void withoutALimitNothingIsDropped(Overflow overflow) {
        Chan<Integer> chan = Chan.make(Chan.UNBOUNDED, overflow);
        for (int i = 0; i < 1000; i++) {
            assertThat(chan.trySend(i)).isTrue();
        }
        assertThat(chan.len()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aChannelThatDropsNeedsRoomForAValue(int capacity) {
        for (Overflow overflow : Overflow.values()) {
            assertThatThrownBy(() -> Chan.make(capacity, overflow))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("makechan: size out of range for a channel that drops values: " + capacity);
            assertThatThrownBy(() -> Chan.named("small", capacity, overflow))
                    .isExactlyInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Chan.make(1, Nulls.nothing()))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("overflow");
    }

    /// Sends the values from several goroutines, then closes the channel.
    private static void sendAll(Chan<Integer> chan) {
        try (var senders = new Crew()) {
            for (int sender = 0; sender < SENDERS; sender++) {
                int first = sender;
                senders.go(() -> {
                    for (int value = first; value < VALUES; value += SENDERS) {
                        chan.send(value);
                    }
                });
            }
        }
        chan.close();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
