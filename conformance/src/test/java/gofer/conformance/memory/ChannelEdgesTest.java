package gofer.conformance.memory;

import static gofer.Go.gosched;
import static gofer.conformance.memory.Way.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Received;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goroutines write plain fields before they communicate, and read them afterwards. `race/testdata/chan_test.go`.
///
/// Each round has its own slot, so that only the edge of that round can make its write visible. Each written number is checked.
class ChannelEdgesTest {

    private static final int ROUNDS = 5000;

    /// The sum of all written values.
    private static final long ALL = ROUNDS * (ROUNDS + 1L) / 2;

    private final int[] plain = new int[ROUNDS];
    private int counter; // also plain

    /// The forms of the send and of the receive, and the capacity of the channel. Two goroutines that only try can communicate
    /// only through a buffer.
    record Meeting(Way send, Way recv, int capacity) {}

    static Stream<Meeting> meetings() {
        return Stream.of(Way.values())
                .flatMap(send ->
                        Stream.of(Way.values())
                                .flatMap(recv -> IntStream.of(0, 1, 16).mapToObj(cap -> new Meeting(send, recv, cap))))
                .filter(m -> m.send == m.recv ? m.capacity > 0 || !tries(m.send) : m.send == CALL || m.recv == CALL);
    }

    static Stream<Meeting> rendezvous() {
        return meetings().filter(m -> m.capacity == 0);
    }

    private static boolean tries(Way way) {
        return way == Way.TRY || way == Way.TRY_SELECT;
    }

    /// `TestNoRaceChanSync`, `TestNoRaceChanAsync`.
    @ParameterizedTest
    @MethodSource("meetings")
    @Pins("MM-01")
    void sendHappensBeforeItsReceiveReturns(Meeting meeting) {
        Chan<Integer> chan = Chan.make(meeting.capacity);
        long sum = 0;
        try (var crew = new Crew()) {
            crew.go(() -> {
                Consumer<Integer> sender = meeting.send.sender(chan);
                for (int i = 0; i < ROUNDS; i++) {
                    plain[i] = i + 1;
                    sender.accept(i);
                }
            });
            Supplier<Received<Integer>> receiver = meeting.recv.receiver(chan);
            for (int i = 0; i < ROUNDS; i++) {
                sum += plain[Way.valueOf(receiver.get())];
            }
        }
        assertThat(sum).isEqualTo(ALL);
    }

    /// `TestNoRaceChanSyncRev`. With a buffer there is no such edge, because the send does not wait for the receive.
    @ParameterizedTest
    @MethodSource("rendezvous")
    @Pins("MM-02")
    void unbufferedReceiveHappensBeforeItsSendReturns(Meeting meeting) {
        Chan<Integer> chan = Chan.make();
        long sum = 0;
        try (var crew = new Crew()) {
            crew.go(() -> {
                Supplier<Received<Integer>> receiver = meeting.recv.receiver(chan);
                for (int i = 0; i < ROUNDS; i++) {
                    plain[i] = i + 1;
                    assertThat(Way.valueOf(receiver.get())).isEqualTo(i);
                }
            });
            Consumer<Integer> sender = meeting.send.sender(chan);
            for (int i = 0; i < ROUNDS; i++) {
                sender.accept(i);
                sum += plain[i];
            }
        }
        assertThat(sum).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    @Pins("MM-03")
    void receiveHappensBeforeTheSendIntoItsSlotReturns(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        long sum = 0;
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    plain[i] = i + 1;
                    chan.recv();
                }
            });
            for (int i = 0; i < ROUNDS + capacity; i++) {
                chan.send(i);
                if (i >= capacity) {
                    sum += plain[i - capacity];
                }
            }
        }
        assertThat(sum).isEqualTo(ALL);
    }

    /// A buffer of one acts as a lock. `TestNoRaceChanMutex`, `TestNoRaceSelectMutex`.
    @ParameterizedTest
    @EnumSource(Way.class)
    @Pins("MM-03")
    void bufferOfOneIsALock(Way way) {
        Chan<Boolean> held = Chan.make(1);
        try (var crew = new Crew()) {
            for (int i = 0; i < 4; i++) {
                crew.go(() -> {
                    Consumer<Boolean> lock = way.sender(held);
                    Supplier<Received<Boolean>> unlock = way.receiver(held);
                    for (int j = 0; j < ROUNDS; j++) {
                        lock.accept(true);
                        counter++;
                        var _ = unlock.get();
                    }
                });
            }
        }
        assertThat(counter).isEqualTo(4 * ROUNDS);
    }

    /// A buffer of n admits n goroutines at a time. `TestRaceChanSem` shows what happens to code that expects fewer.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    @Pins("MM-03")
    void bufferOfSeveralIsASemaphore(int capacity) {
        Chan<Boolean> held = Chan.make(capacity);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (var crew = new Crew()) {
            for (int i = 0; i < 3 * capacity; i++) {
                crew.go(() -> {
                    for (int j = 0; j < ROUNDS; j++) {
                        held.send(true);
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        if (j % 16 == 0) {
                            gosched();
                        }
                        inside.decrementAndGet();
                        held.recv();
                    }
                });
            }
        }
        assertThat(most.get()).isLessThanOrEqualTo(capacity);
    }
}
