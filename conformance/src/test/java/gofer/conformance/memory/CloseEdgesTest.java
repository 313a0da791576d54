package gofer.conformance.memory;

import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.Received;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Goroutines write before a close, and read after they have noticed the close. `race/testdata/chan_test.go`.
///
/// Each round has its own channel and its own slot. Some goroutines find the channel closed, others are waiting when it is
/// closed.
class CloseEdgesTest {

    private static final int ROUNDS = 10_000;

    private final int[] plain = new int[ROUNDS];

    /// `TestNoRaceChanSyncCloseRecv`, `...2`, `TestNoRaceCloseHappensBeforeRead`. Holds for any number of receivers.
    @ParameterizedTest
    @EnumSource(Way.class)
    @Pins("MM-04")
    void closeHappensBeforeAReceiveThatFindsTheChannelClosed(Way way) {
        List<Chan<Integer>> chans = channels(0);
        try (var crew = new Crew()) {
            for (int r = 0; r < 3; r++) {
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        Supplier<Received<Integer>> receiver = way.receiver(chans.get(i));
                        assertThat(receiver.get()).isEqualTo(new Closed<>());
                        assertThat(plain[i]).isEqualTo(i + 1);
                    }
                });
            }
            crew.go(() -> closeAll(chans));
        }
    }

    /// `TestNoRaceChanAsyncCloseRecv3`: the buffered values come first, and then the end of a loop.
    @Test
    @Pins("MM-04")
    void closeHappensBeforeTheEndOfADrainedChannel() {
        List<Chan<Integer>> chans = channels(3);
        long sum = 0;
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    chans.get(i).send(1);
                    chans.get(i).send(2);
                    plain[i] = i + 1;
                    chans.get(i).close();
                }
            });
            for (int i = 0; i < ROUNDS; i++) {
                for (int value : chans.get(i)) {
                    sum += value;
                }
                sum += plain[i];
            }
        }
        assertThat(sum).isEqualTo(3L * ROUNDS + ROUNDS * (ROUNDS + 1L) / 2);
    }

    /// Go's memory model does not cover panics. In Gofer, the close happens before the failure.
    @Test
    @Pins("MM-04")
    void closeHappensBeforeTheFailureOfASend() {
        List<Chan<Integer>> chans = channels(0);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    Chan<Integer> chan = chans.get(i);
                    assertThatExceptionOfType(ChanClosedException.class).isThrownBy(() -> chan.send(1));
                    assertThat(plain[i]).isEqualTo(i + 1);
                }
            });
            crew.go(() -> closeAll(chans));
        }
    }

    private void closeAll(List<Chan<Integer>> chans) {
        for (int i = 0; i < ROUNDS; i++) {
            if (i % 2 == 0) {
                gosched(); // lets the others wait for this one
            }
            plain[i] = i + 1;
            chans.get(i).close();
        }
    }

    private static List<Chan<Integer>> channels(int capacity) {
        return Stream.generate(() -> Chan.<Integer>make(capacity)).limit(ROUNDS).toList();
    }
}
