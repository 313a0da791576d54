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

    private static List<Waiter> claimAll(WaitQueue queue) {
        List<Waiter> claimed = new ArrayList<>();
        queue.claimAll(claimed);
        return claimed;
    }

    /// Any sequence of additions at either end, removals from anywhere, and polls behaves like a deque.
    @Test
    void behavesLikeADequeWithRemoval() {
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

    /// Removing a waiter that is not in the queue changes nothing.
    @Test
    void removingAnAbsentWaiterIsHarmless() {
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

    /// A waiter that was claimed by another, or cancelled, is skipped.
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

        assertThat(claimAll(queue)).containsExactly(waiters.get(2), waiters.get(3));
        assertThat(queue.claimFirst()).isNull();
    }

    /// A claimed waiter may be in another queue before it is woken. Neither that queue nor the wake-up is affected.
    @Test
    void claimedWaiterMayQueueElsewhereAtOnce() {
        WaitQueue queue = new WaitQueue();
        WaitQueue other = new WaitQueue();
        List<Waiter> waiters = List.of(waiter(), waiter(), waiter());
        waiters.forEach(queue::addLast);
        List<Waiter> claimed = claimAll(queue);
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
