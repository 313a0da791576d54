package gofer.runtime.sched;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A processor whose owners add and take tasks, whose tasks are stolen, and which is taken over, all at random moments. Each
/// added task is taken once.
@Tag("one-configuration")
class ProcessorStressTest {

    private static final int TASKS = Rounds.of(300_000);
    private static final int MAX_ADDED = 5; // added to the queue at once

    private final Processor processor = new Processor(0);
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);

    @Test
    void everyTaskIsTakenOnce() {
        List<Carrier> owners = List.of(carrier(), carrier());
        processor.assign(owners.getFirst());
        try (var crew = new Crew()) {
            for (Carrier owner : owners) {
                crew.thread(() -> own(owner, new Random(owner.hashCode())));
            }
            for (int i = 0; i < 2; i++) {
                crew.thread(this::steal);
            }
            crew.thread(this::endSlices);
        }
        processor.assign(null);
        processor.drain().forEach(Runnable::run);
        assertThat(processor.waiting()).isZero();
        for (int i = 0; i < TASKS; i++) {
            assertThat(runs.get(i)).as("runs of task %s", i).isEqualTo(1);
        }
    }

    /// Acts as a carrier while it has the processor. If another owner has it, takes it over.
    private void own(Carrier self, Random random) {
        List<Runnable> mine = new ArrayList<>(); // not added yet
        while (!isOver() || !mine.isEmpty()) {
            Processor.Snapshot seen = processor.snapshot();
            if (self.processor != processor) {
                processor.takeOver(seen, self);
            }
            if (mine.isEmpty()) {
                create(1 + random.nextInt(MAX_ADDED), mine);
            }
            boolean added = mine.size() == 1 ? processor.runNext(self, mine.getFirst()) : processor.runLast(self, mine);
            if (added) {
                mine.clear();
            }
            for (int i = random.nextInt(2 * MAX_ADDED); i > 0; i--) {
                if (processor.take(self) instanceof Runnable task) {
                    task.run();
                }
            }
        }
    }

    private void create(int count, List<Runnable> into) {
        for (int i = 0; i < count; i++) {
            int number = created.getAndIncrement();
            if (number < TASKS) {
                into.add(() -> runs.incrementAndGet(number));
            }
        }
    }

    private void steal() {
        while (!isOver()) {
            Processor.Snapshot then = processor.snapshot();
            Thread.onSpinWait();
            processor.stealSince(then).forEach(Runnable::run);
        }
    }

    private void endSlices() {
        while (!isOver()) {
            processor.endSlice(processor.snapshot());
            Thread.onSpinWait();
        }
    }

    private boolean isOver() {
        return created.get() >= TASKS;
    }

    private static Carrier carrier() {
        return new Carrier(IDLE, Thread.currentThread().getThreadGroup(), 0);
    }

    private static final GoScheduler IDLE = new GoScheduler(1);
}
