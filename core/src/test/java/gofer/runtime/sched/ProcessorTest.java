package gofer.runtime.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The order in which the goroutines of a processor run, and which of them may be stolen.
@Tag("one-configuration")
class ProcessorTest {

    private final Carrier owner = carrier();
    private final Carrier other = carrier();
    private final Processor processor = new Processor(0);

    ProcessorTest() {
        processor.assign(owner);
    }

    @Test
    void lastReadyRunsNextAndTheOthersInOrder() {
        List<Runnable> tasks = tasks(4);
        processor.runLast(owner, List.of(tasks.get(0)));
        processor.runNext(owner, tasks.get(1));
        processor.runNext(owner, tasks.get(2));
        processor.runLast(owner, List.of(tasks.get(3)));
        assertThat(processor.waiting()).isEqualTo(4);
        assertThat(takeAll()).containsExactly(tasks.get(2), tasks.get(0), tasks.get(1), tasks.get(3));
        assertThat(processor.waiting()).isZero();
    }

    @Test
    void endlessHandOffQueuesAfterItsSlice() {
        Runnable pair = tasks(1).getFirst();
        Runnable queued = tasks(1).getFirst();
        processor.runLast(owner, List.of(queued));
        Processor.Snapshot then = processor.snapshot();
        for (int i = 0; i < 1000; i++) {
            processor.runNext(owner, pair);
            assertThat(processor.take(owner)).isSameAs(pair);
        }
        processor.endSlice(then);
        processor.runNext(owner, pair);
        assertThat(processor.take(owner)).isSameAs(queued);
        processor.runLast(owner, List.of(queued));
        processor.endSlice(then); // not the current slice
        processor.runNext(owner, pair);
        assertThat(takeAll()).containsExactly(pair, pair, queued);
    }

    @Test
    void onlyItsOwnerUsesIt() {
        Runnable task = tasks(1).getFirst();
        processor.runNext(owner, task);
        assertThat(processor.take(other)).isNull();
        assertThat(processor.runNext(other, task)).isFalse();
        assertThat(processor.runLast(other, List.of(task))).isFalse();
        assertThat(takeAll()).containsExactly(task);
    }

    @Test
    void halfOfTheQueueIsStolen() {
        List<Runnable> tasks = tasks(7);
        processor.runLast(owner, tasks);
        assertThat(processor.stealSince(processor.snapshot())).isEqualTo(tasks.subList(0, 4));
        assertThat(takeAll()).isEqualTo(tasks.subList(4, 7));
    }

    @Test
    void laterTasksAreNotStolen() {
        List<Runnable> tasks = tasks(5);
        processor.runLast(owner, tasks.subList(0, 2));
        Processor.Snapshot then = processor.snapshot();
        assertThat(processor.take(owner)).isEqualTo(tasks.get(0));
        processor.runLast(owner, tasks.subList(2, 5));
        assertThat(processor.hasWaitedSince(then)).isTrue();
        assertThat(processor.stealSince(then)).containsExactly(tasks.get(1));
        assertThat(processor.hasWaitedSince(then)).isFalse();
        assertThat(processor.stealSince(then)).isEmpty();
    }

    @Test
    void searcherStealsTasksThatItHasSeenWaiting() {
        List<Runnable> tasks = tasks(6);
        processor.runLast(owner, tasks.subList(0, 4));
        assertThat(processor.stealOlder(50, 1000)).as("seen for the first time").isEmpty();
        processor.runLast(owner, tasks.subList(4, 6));
        assertThat(processor.stealOlder(50, 1049)).as("too early").isEmpty();
        assertThat(processor.stealOlder(50, 1050)).isEqualTo(tasks.subList(0, 2));
        assertThat(processor.stealOlder(50, 1050)).as("half of what is left").isEqualTo(tasks.subList(2, 3));
        assertThat(processor.stealOlder(50, 1050)).isEqualTo(tasks.subList(3, 4));
        assertThat(processor.stealOlder(50, 1050)).as("the others came later").isEmpty();
        assertThat(processor.stealOlder(50, 1099)).as("and were first seen just now").isEmpty();
        assertThat(processor.stealOlder(50, 1100)).isEqualTo(tasks.subList(4, 5));
    }

    @Test
    void slotIsStolenOnlyDuringTheSameTurnOfTheOwner() {
        Runnable task = tasks(1).getFirst();
        processor.runNext(owner, task);
        Processor.Snapshot then = processor.snapshot();
        processor.assign(other); // with the same number of turns
        assertThat(processor.stealSince(then)).isEmpty();
        assertThat(processor.stealSince(processor.snapshot())).containsExactly(task);
    }

    @Test
    void isTakenOverOnceFromAStuckOwner() {
        Processor.Snapshot then = processor.snapshot();
        assertThat(processor.takeOver(then, other)).isTrue();
        assertThat(owner.processor).isNull();
        assertThat(other.processor).isSameAs(processor);
        assertThat(processor.takeOver(then, carrier())).isFalse();
        assertThat(other.processor).isSameAs(processor);
    }

    @Test
    void outOfServiceItAcceptsNothingAndReturnsAllTasks() {
        List<Runnable> tasks = tasks(3);
        processor.runLast(owner, tasks.subList(1, 3));
        processor.runNext(owner, tasks.get(0));
        assertThat(processor.assign(null)).isSameAs(owner);
        assertThat(owner.processor).isNull();
        assertThat(processor.runNext(owner, tasks.get(0))).isFalse();
        assertThat(processor.drain()).isEqualTo(tasks);
        assertThat(processor.waiting()).isZero();
        assertThat(processor.takeOver(processor.snapshot(), other)).isFalse();
    }

    private List<Runnable> takeAll() {
        List<Runnable> all = new ArrayList<>();
        for (Runnable task = processor.take(owner); task != null; task = processor.take(owner)) {
            all.add(task);
        }
        return all;
    }

    private static List<Runnable> tasks(int count) {
        return IntStream.range(0, count).<Runnable>mapToObj(i -> () -> assertThat(i).isNegative()).toList();
    }

    private static Carrier carrier() {
        return new Carrier(IDLE, Thread.currentThread().getThreadGroup(), 0);
    }

    private static final GoScheduler IDLE = new GoScheduler(1);
}
