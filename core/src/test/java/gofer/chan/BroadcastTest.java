package gofer.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Nulls;
import gofer.fixture.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastTest {

    private static final int VALUES = Rounds.of(50_000);

    @Test
    void eachSubscriberGetsEachValue() {
        var news = new Broadcast<Integer>();
        news.send(0);
        Subscription<Integer> early = news.subscribe(3);
        news.send(1);
        Subscription<Integer> late = news.subscribe(3);
        assertThat(news.subscribers()).isEqualTo(2);
        news.send(2);
        news.close();
        assertThat(early.chan()).containsExactly(1, 2);
        assertThat(late.chan()).containsExactly(2);
        assertThat(early.missed() + late.missed()).isZero();
        assertThat(news.subscribers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, Chan.UNBOUNDED})
    void aSubscriberThatLagsMissesTheOldestValues(int capacity) {
        var news = new Broadcast<Integer>();
        Subscription<Integer> slow = news.subscribe(capacity);
        Subscription<Integer> fast = news.subscribe(1);
        for (int i = 0; i < 100; i++) {
            news.send(i);
            assertThat(fast.chan().recv()).isEqualTo(i);
        }
        int missed = Math.max(0, 100 - capacity);
        assertThat(slow.missed()).isEqualTo(missed);
        assertThat(fast.missed()).isZero();
        slow.close();
        assertThat(slow.chan()).containsExactlyElementsOf(IntStream.range(missed, 100).boxed().toList());
        assertThat(slow.missed()).isEqualTo(missed);
    }

    /// While goroutines send at the same time, and others come and go.
    @Test
    void allSubscribersSeeOneOrder() {
        var news = new Broadcast<Integer>();
        List<Subscription<Integer>> subscriptions =
                IntStream.range(0, 3).mapToObj(_ -> news.subscribe(Chan.UNBOUNDED)).toList();
        List<List<Integer>> seen = new ArrayList<>();
        try (var receivers = new Crew()) {
            for (var subscription : subscriptions) {
                var mine = new ArrayList<Integer>();
                seen.add(mine);
                receivers.go(() -> subscription.chan().forEach(mine::add));
            }
            try (var senders = new Crew()) {
                for (int sender = 0; sender < 3; sender++) {
                    int first = sender;
                    senders.go(() -> {
                        for (int value = first; value < VALUES; value += 3) {
                            news.send(value);
                        }
                    });
                }
                senders.go(() -> {
                    for (int i = 0; i < 1000; i++) {
                        try (var brief = news.subscribe(2)) {
                            var _ = brief.chan().tryRecv();
                        }
                    }
                });
            }
            news.close();
        }
        assertThat(seen.getFirst()).hasSize(VALUES).doesNotHaveDuplicates();
        assertThat(seen.get(1)).isEqualTo(seen.getFirst());
        assertThat(seen.get(2)).isEqualTo(seen.getFirst());
    }

    /// Each value is received, missed, or still buffered at the end.
    @Test
    void accountsForEachValue() {
        var news = new Broadcast<Integer>();
        Subscription<Integer> subscription = news.subscribe(5);
        var received = new ArrayList<Integer>();
        try (var crew = new Crew()) {
            crew.go(() -> subscription.chan().forEach(received::add));
            for (int value = 0; value < VALUES; value++) {
                news.send(value);
            }
            news.close();
        }
        assertThat(received.size() + subscription.missed()).isEqualTo(VALUES);
        assertThat(received).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSubscriptionEndsOnce() {
        var news = new Broadcast<Integer>();
        Subscription<Integer> mine = news.subscribe(1);
        mine.close();
        mine.close();
        assertThat(mine.chan().recvOk()).isEqualTo(new Closed<>());
        assertThat(news.subscribers()).isZero();
        news.send(1);
        assertThat(mine.missed()).isZero();
        news.close();
        mine.close();
    }

    /// Also while another goroutine sends.
    @Test
    void anInterruptedGoroutineCanUnsubscribe() {
        var news = new Broadcast<Integer>();
        for (int i = 0; i < 100; i++) {
            var _ = news.subscribe(1);
        }
        int others = news.subscribers();
        var over = new AtomicBoolean();
        try (var crew = new Crew()) {
            crew.go(() -> {
                while (!over.get()) {
                    news.send(1);
                }
            });
            crew.thread(() -> {
                for (int i = 0; i < Rounds.of(10_000); i++) {
                    Subscription<Integer> mine = news.subscribe(1);
                    Thread.currentThread().interrupt();
                    mine.close();
                    assertThat(Thread.interrupted()).isTrue();
                }
                over.set(true);
            });
        }
        assertThat(news.subscribers()).isEqualTo(others);
    }

    @Test
    @SuppressWarnings("unchecked")
    void aSubscriberThatClosesItsChannelAffectsNoOther() {
        var news = new Broadcast<Integer>();
        Subscription<Integer> rude = news.subscribe(1);
        Subscription<Integer> other = news.subscribe(1);
        ((Chan<Integer>) rude.chan()).close();
        news.send(1);
        news.close();
        assertThat(other.chan()).containsExactly(1);
    }

    @Test
    void aClosedBroadcastIsClosedForAll() {
        var cause = new IOException("connection reset");
        var news = new Broadcast<Integer>();
        Subscription<Integer> before = news.subscribe(1);
        news.send(1);
        news.close(cause);
        Subscription<Integer> after = news.subscribe(1);
        assertThat(before.chan().recv()).isEqualTo(1);
        assertThat(List.of(before, after))
                .allSatisfy(subscription -> {
                    assertThat(subscription.chan().recvOk()).isEqualTo(new Closed<>());
                    assertThat(subscription.chan().cause()).containsSame(cause);
                });
        assertThat(news.subscribers()).isZero();
        assertThatThrownBy(() -> news.send(2))
                .isExactlyInstanceOf(ChanClosedException.class)
                .hasMessage("send on closed broadcast")
                .hasCause(cause);
        assertThatThrownBy(news::close)
                .isExactlyInstanceOf(ChanClosedException.class)
                .hasMessage("close of closed broadcast")
                .hasCause(cause);
    }

    @Test
    void wrongArguments() {
        var news = new Broadcast<Integer>();
        assertThatThrownBy(() -> news.send(Nulls.nothing())).isExactlyInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> news.close(Nulls.nothing()))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("cause");
        assertThatThrownBy(() -> news.subscribe(0)).isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(news.subscribers()).isZero();
    }
}
