package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.WaitReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-configuration")
class WaitQueueTest {

    private static Waiter waiter() {
        return new Waiter(new Sleeper(WaitReason.OTHER, "a test"));
    }

    /// Any sequence of arrivals at either end, of departures from anywhere, and of turns answers as a deque would.
    @Test
    void isAQueueThatOneMayLeave() {
        Random random = new Random(1);
        WaitQueue queue = new WaitQueue();
        Deque<Waiter> model = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Waiter waiter = waiter();
                    queue.addLast(waiter);
                    model.addLast(waiter);
                }
                case 2 -> {
                    Waiter waiter = waiter();
                    queue.addFirst(waiter);
                    model.addFirst(waiter);
                }
                case 3 -> assertThat(queue.poll()).isSameAs(model.poll());
                default -> {
                    if (!model.isEmpty()) {
                        Waiter leaver = List.copyOf(model).get(random.nextInt(model.size()));
                        queue.remove(leaver);
                        model.remove(leaver);
                    }
                }
            }
            assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(queue.glimpseEmpty()).isEqualTo(model.isEmpty());
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    /// To leave a queue in which one does not stand changes nothing.
    @Test
    void leavingTwiceOrElsewhereIsHarmless() {
        WaitQueue queue = new WaitQueue();
        WaitQueue other = new WaitQueue();
        Waiter first = waiter();
        Waiter second = waiter();
        queue.addLast(first);
        queue.addLast(second);
        other.remove(first);
        queue.remove(first);
        queue.remove(first);
        assertThat(queue.poll()).isSameAs(second);
        assertThat(queue.isEmpty()).isTrue();
    }

    /// Who has been claimed by another, or called off, is passed over.
    @Test
    void claimsOnlySleepers() {
        WaitQueue queue = new WaitQueue();
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiters.add(waiter());
            queue.addLast(waiters.get(i));
        }
        Waiter elsewhere = new Waiter(waiters.get(0).sleeper);
        assertThat(waiters.get(0).sleeper.claim(elsewhere)).isTrue();
        assertThat(queue.claimFirst()).isSameAs(waiters.get(1));
        assertThat(waiters.get(1).sleeper.claim(elsewhere)).isFalse();

        assertThat(queue.claimAll()).containsExactly(waiters.get(2), waiters.get(3));
        assertThat(queue.claimFirst()).isNull();
    }

    /// Who was claimed may stand in another queue before it is woken; neither that queue nor the waking suffers.
    @Test
    void aClaimedWaiterMayQueueElsewhereAtOnce() {
        WaitQueue queue = new WaitQueue();
        WaitQueue other = new WaitQueue();
        List<Waiter> waiters = List.of(waiter(), waiter(), waiter());
        waiters.forEach(queue::addLast);
        List<Waiter> claimed = queue.claimAll();
        Waiter newcomer = waiter();
        other.addLast(waiters.get(0));
        other.addLast(newcomer);
        WaitQueue.wakeAll(claimed);
        assertThat(claimed).isEqualTo(waiters);
        assertThat(other.poll()).isSameAs(waiters.get(0));
        assertThat(other.poll()).isSameAs(newcomer);
        assertThat(other.poll()).isNull();
    }
}
