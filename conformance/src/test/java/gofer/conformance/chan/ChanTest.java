package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.RecvChan;
import gofer.chan.Selects;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Channels: the parts of `TestChan` in `chan_test.go`, and `chancap.go`, `range.go`, `TestMultiConsumer`.
class ChanTest {

    @Test
    @Pins("CH-01")
    void capacityIsAsGivenAndNeverNegative() { // chancap.go, makechan.go
        assertThat(Chan.make().cap()).isZero();
        assertThat(Chan.make(10).cap()).isEqualTo(10);
        assertThatThrownBy(() -> Chan.make(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("makechan: size out of range")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Chan.make(Integer.MAX_VALUE - 1))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageStartingWith("makechan: no memory for a capacity of " + (Integer.MAX_VALUE - 1));
    }

    @Test
    @Pins("CH-02")
    void channelThatIsNeverReadyBlocksForever() {
        RecvChan<Integer> receive = RecvChan.never();
        Chan<Integer> send = Chan.never();
        assertThat(receive.len() + receive.cap() + send.len() + send.cap()).isZero();
        assertThat(receive.tryRecv()).isEqualTo(new Empty<>());
        assertThat(send.trySend(1)).isFalse();
        assertThat(Selects.trySelect(receive, send.sending(1))).isEqualTo(new Default<>());
        Goroutine receiver = Go.go(() -> receive.recvOk());
        Goroutine ranger = Go.go(() -> receive.forEach(_ -> {}));
        Goroutine sender = Go.go(() -> send.send(1));
        Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE_NEVER);
        Eventually.blocked(ranger, WaitReason.CHAN_RECEIVE_NEVER);
        Eventually.blocked(sender, WaitReason.CHAN_SEND_NEVER);
    }

    @ParameterizedTest
    @Pins("CH-09")
    @ValueSource(ints = {0, 1, 2, 7, 199})
    void receiveFromAnEmptyAndSendToAFullChannelBlock(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
        try (var crew = new Crew()) {
            Goroutine receiver = crew.go(() -> assertThat(chan.recv()).isEqualTo(-1));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            chan.send(-1);
        }
        for (int i = 0; i < capacity; i++) {
            chan.send(i); // filling it never blocks
        }
        assertThat(chan.trySend(capacity)).isFalse();
        try (var crew = new Crew()) {
            Goroutine sender = crew.go(() -> chan.send(capacity));
            Eventually.blocked(sender, WaitReason.CHAN_SEND);
            assertThat(chan.recv()).isZero();
        }
    }

    @ParameterizedTest
    @Pins({"CH-06", "CH-15"})
    @ValueSource(ints = {0, 1, 2, 7, 199})
    void closedChannelYieldsItsBufferAndThenItsEnd(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        for (int i = 0; i < capacity; i++) {
            chan.send(i);
        }
        chan.close();
        for (int i = 0; i < capacity; i++) {
            assertThat(i % 2 == 0 ? chan.recvOk() : chan.tryRecv()).isEqualTo(new Value<>(i));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(chan.recvOk()).isEqualTo(new Closed<>());
            assertThat(chan.tryRecv()).isEqualTo(new Closed<>());
        }
        assertThat(chan.iterator().hasNext()).isFalse();
    }

    @ParameterizedTest
    @Pins("CH-07")
    @ValueSource(ints = {0, 1, 7})
    void closingWakesAllReceivers(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                Goroutine receiver = crew.go(() -> assertThat(chan.recvOk()).isEqualTo(new Closed<>()));
                Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            }
            chan.close();
        }
    }

    @Test
    @Pins("CH-08")
    void neitherSideOfAnUnbufferedChannelCompletesAlone() {
        Chan<Integer> chan = Chan.make();
        var sent = new AtomicBoolean();
        try (var crew = new Crew()) {
            Goroutine sender =
                    crew.go(() -> {
                        chan.send(1);
                        sent.set(true);
                    });
            Eventually.blocked(sender, WaitReason.CHAN_SEND);
            assertThat(sent).isFalse();
            assertThat(chan.len()).as("the value is not stored").isZero();
            assertThat(chan.recv()).isEqualTo(1);
        }
        assertThat(sent).isTrue();
    }

    @ParameterizedTest
    @Pins("CH-10")
    @ValueSource(ints = {0, 1, 2, 7, 199})
    void oneSenderAndOneReceiverSeeTheSameOrder(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 1000; i++) {
                    chan.send(i);
                }
            });
            for (int i = 0; i < 1000; i++) {
                assertThat(chan.recv()).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @Pins("CH-20")
    @ValueSource(ints = {0, 1, 2, 7, 199})
    void manySendersAndReceiversLoseNoValue(int capacity) {
        int users = 4;
        int each = 1000;
        Chan<Integer> chan = Chan.make(capacity);
        Chan<int[]> counts = Chan.make(users);
        try (var crew = new Crew()) {
            for (int s = 0; s < users; s++) {
                crew.go(() -> {
                    for (int i = 0; i < each; i++) {
                        chan.send(i);
                    }
                });
                crew.go(() -> {
                    int[] received = new int[each];
                    for (int i = 0; i < each; i++) {
                        received[chan.recv()]++;
                    }
                    counts.send(received);
                });
            }
        }
        int[] total = new int[each];
        for (int r = 0; r < users; r++) {
            int[] received = counts.recv();
            for (int i = 0; i < each; i++) {
                total[i] += received[i];
            }
        }
        assertThat(total).containsOnly(users);
        Set<Chan<?>> byIdentity = new HashSet<>(Set.of(chan, counts));
        assertThat(byIdentity.add(Chan.<Integer>make(capacity))).as("another empty channel").isTrue();
        assertThat(byIdentity.add(chan)).isFalse();
    }

    @ParameterizedTest
    @Pins("CH-17")
    @ValueSource(ints = {1, 2, 7, 199})
    void lenIsTheNumberOfBufferedValuesAndCapTheCapacity(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        for (int i = 0; i < capacity; i++) {
            assertThat(chan.len()).isEqualTo(i);
            chan.send(i);
        }
        chan.close();
        assertThat(chan.len()).as("close keeps the values").isEqualTo(capacity);
        assertThat(chan.cap()).isEqualTo(capacity);
        chan.recv();
        assertThat(chan.len()).isEqualTo(capacity - 1);
        RecvChan<?> timer = Go.after(Duration.ZERO);
        Eventually.that("the timer has fired", () -> timer.tryRecv() instanceof Value);
        assertThat(timer.len() + timer.cap()).isZero();
    }

    @Test
    @Pins("CH-16")
    void rangeEndsWhenTheChannelIsClosedAndDrained() { // range.go, TestMultiConsumer
        int workers = 23;
        int items = 271_828;
        int[] primes = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29};
        Chan<Integer> jobs = Chan.make(workers / 2);
        Chan<Integer> results = Chan.make(workers);
        long expected = 0;
        try (var crew = new Crew()) {
            var pool = new WaitGroup();
            for (int w = 0; w < workers; w++) {
                pool.go(() -> {
                    for (int job : jobs) {
                        if (primes[job % primes.length] == job % 7) {
                            Go.gosched();
                        }
                        results.send(job);
                    }
                });
            }
            crew.go(() -> {
                for (int i = 0; i < items; i++) {
                    jobs.send(primes[i % primes.length] + i);
                }
                jobs.close();
                pool.await();
                results.close();
            });
            for (int i = 0; i < items; i++) {
                expected += primes[i % primes.length] + i;
            }
            long sum = 0;
            int count = 0;
            for (int result : results) {
                sum += result;
                count++;
            }
            assertThat(count).isEqualTo(items);
            assertThat(sum).isEqualTo(expected);
        }
    }
}
