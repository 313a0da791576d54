package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Broadcast;
import gofer.chan.Chan;
import gofer.chan.Overflow;
import gofer.chan.Subscription;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The edges of channels on which no send waits: a receive comes after its send, and no send comes after a receive.
class HappensBeforeOfBuffersTest {

    private final VectorClocks clocks = new VectorClocks();

    @AfterEach
    void close() {
        clocks.close();
    }

    private static Stream<Supplier<Chan<Integer>>> kinds() {
        return Stream.of(
                () -> Chan.make(Chan.UNBOUNDED),
                () -> Chan.make(1, Overflow.DROP_OLDEST),
                () -> Chan.make(1, Overflow.DROP_LATEST));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aReceiveComesAfterItsSend(Supplier<Chan<Integer>> kind) {
        Chan<Integer> chan = kind.get();
        clocks.mark("before");
        chan.send(1);
        clocks.mark("after");
        clocks.run(
                "receiver",
                () -> {
                    assertThat(clocks.sees("before")).isFalse();
                    assertThat(chan.recv()).isEqualTo(1);
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                });
        chan.send(2);
        assertThat(clocks.sees("receiver")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aReceiveThatWaitedComesAfterItsSend(Supplier<Chan<Integer>> kind) {
        Chan<Integer> chan = kind.get();
        Goroutine receiver =
                clocks.go(
                        "receiver",
                        () -> {
                            assertThat(chan.recv()).isEqualTo(1);
                            assertThat(clocks.sees("before")).isTrue();
                            assertThat(clocks.sees("after")).isFalse();
                        });
        Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
        clocks.mark("before");
        chan.send(1);
        clocks.mark("after");
        assertThat(clocks.sees("receiver")).isFalse();
    }

    /// The value that a receiver gets is not the one that took its place in the buffer.
    @Test
    void aDroppedValueOrdersNothing() {
        Chan<Integer> chan = Chan.make(1, Overflow.DROP_OLDEST);
        clocks.run("first sender", () -> chan.send(1));
        clocks.run("second sender", () -> chan.send(2));
        assertThat(chan.recv()).isEqualTo(2);
        assertThat(clocks.sees("second sender")).isTrue();
        assertThat(clocks.sees("first sender")).isFalse();
    }

    @Test
    void manyBlocksKeepTheEdgesOfEachValue() {
        Chan<Integer> chan = Chan.make(Chan.UNBOUNDED);
        for (int i = 0; i < 200; i++) {
            int value = i;
            clocks.run("sender " + i, () -> chan.send(value));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(clocks.sees("sender " + i)).isFalse();
            assertThat(chan.recv()).isEqualTo(i);
            assertThat(clocks.sees("sender " + i)).isTrue();
        }
    }

    @Test
    void eachSubscriberComesAfterTheSend() {
        var news = new Broadcast<Integer>();
        List<Subscription<Integer>> subscriptions = List.of(news.subscribe(1), news.subscribe(1));
        clocks.mark("before");
        news.send(1);
        for (var subscription : subscriptions) {
            clocks.run(
                    "subscriber",
                    () -> {
                        assertThat(subscription.chan().recv()).isEqualTo(1);
                        assertThat(clocks.sees("before")).isTrue();
                    });
        }
    }

    @Test
    void aCauseComesAfterTheClose() {
        Chan<Integer> chan = Chan.make();
        clocks.mark("before");
        chan.close(new IllegalStateException());
        clocks.run(
                "reader",
                () -> {
                    assertThat(chan.cause()).isPresent();
                    assertThat(clocks.sees("before")).isTrue();
                });
        clocks.run(
                "sender",
                () -> {
                    assertThatThrownBy(() -> chan.send(1)).hasCauseInstanceOf(IllegalStateException.class);
                    assertThat(clocks.sees("before")).isTrue();
                });
    }
}
