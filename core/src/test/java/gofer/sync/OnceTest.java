package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OnceTest {

    private final Once once = new Once();
    private final AtomicInteger runs = new AtomicInteger();
    private final WaitGroup gate = new WaitGroup();
    private int plain;

    /// No call returns before the run has ended, and all callers see its writes.
    @Test
    void allCallersWaitForTheOneRun() {
        gate.add(1);
        List<Thread> callers = new ArrayList<>();
        try (var crew = new Crew()) {
            Goroutine first = crew.go(() -> once.run(this::runBehindTheGate));
            Eventually.blocked(first, WaitReason.WAIT_GROUP_WAIT);
            for (int i = 0; i < 5; i++) {
                callers.add(crew.go(this::callAndSee).thread());
                callers.add(crew.thread(this::callAndSee));
            }
            callers.forEach(caller -> Eventually.blocked(caller, WaitReason.MUTEX_LOCK));
            gate.done();
        }
        assertThat(runs.get()).isEqualTo(1);
    }

    private void callAndSee() {
        once.run(runs::incrementAndGet);
        assertThat(plain).isEqualTo(7);
    }

    private void runBehindTheGate() {
        runs.incrementAndGet();
        gate.await();
        plain = 7;
    }

    @Test
    void racesHaveOneWinner() {
        for (int round = 1; round <= 1000; round++) {
            Once fresh = new Once();
            try (var crew = new Crew()) {
                for (int i = 0; i < 4; i++) {
                    int expected = round;
                    crew.go(() -> {
                        fresh.run(() -> plain++);
                        assertThat(plain).isEqualTo(expected);
                    });
                }
            }
        }
    }

    /// The exception goes to the goroutine that ran it. Concurrent and later callers do not see it.
    @Test
    void failureCountsAsARun() {
        gate.add(1);
        try (var crew = new Crew()) {
            Goroutine first = crew.go(() -> assertThatThrownBy(() -> once.run(this::fail)).hasMessage("failed"));
            Eventually.blocked(first, WaitReason.WAIT_GROUP_WAIT);
            Goroutine second = crew.go(() -> once.run(this::fail));
            Eventually.blocked(second, WaitReason.MUTEX_LOCK);
            gate.done();
        }
        once.run(this::fail);
        assertThat(runs.get()).isEqualTo(1);
    }

    private void fail() {
        runs.incrementAndGet();
        gate.await();
        throw new IllegalStateException("failed");
    }

    @Test
    void interruptEndsTheWaitAndNotTheRun() {
        gate.add(1);
        try (var crew = new Crew()) {
            Goroutine first = crew.go(() -> once.run(this::runBehindTheGate));
            Eventually.blocked(first, WaitReason.WAIT_GROUP_WAIT);
            Goroutine second =
                    crew.go(() -> {
                        assertThatThrownBy(() -> once.run(runs::incrementAndGet))
                                .isInstanceOf(InterruptException.class);
                        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
                        gate.done();
                        callAndSee();
                    });
            Eventually.blocked(second, WaitReason.MUTEX_LOCK);
            second.thread().interrupt();
        }
        assertThat(runs.get()).isEqualTo(1);
    }

    @Test
    void interruptedThreadProceedsIfNoWaitIsNeeded() {
        Thread.currentThread().interrupt();
        once.run(runs::incrementAndGet);
        once.run(runs::incrementAndGet);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs.get()).isEqualTo(1);
    }

    @Test
    void valueIsComputedOnce() {
        Supplier<Integer> value = Once.value(runs::incrementAndGet);
        assertThat(runs.get()).as("not before the first get").isZero();
        assertThat(value.get()).isEqualTo(1);
        assertThat(value.get()).isEqualTo(1);
        Runnable func = Once.func(runs::incrementAndGet);
        func.run();
        func.run();
        assertThat(runs.get()).isEqualTo(2);
    }

    @Test
    void valueMayBeNull() {
        Supplier<@Nullable String> value =
                Once.value(() -> {
                    runs.incrementAndGet();
                    return null;
                });
        assertThat(value.get()).isNull();
        assertThat(value.get()).isNull();
        assertThat(runs.get()).isEqualTo(1);
    }

    /// An interrupt of a waiter is not part of the value.
    @Test
    void interruptedWaitDoesNotAffectTheValue() {
        gate.add(1);
        Supplier<Integer> value =
                Once.value(() -> {
                    runBehindTheGate();
                    return plain;
                });
        try (var crew = new Crew()) {
            Goroutine first = crew.go(() -> assertThat(value.get()).isEqualTo(7));
            Eventually.blocked(first, WaitReason.WAIT_GROUP_WAIT);
            Goroutine second = crew.go(() -> assertThatThrownBy(value::get).isInstanceOf(InterruptException.class));
            Eventually.blocked(second, WaitReason.MUTEX_LOCK);
            second.thread().interrupt();
            Eventually.ended(second);
            gate.done();
        }
        assertThat(value.get()).isEqualTo(7);
        assertThat(runs.get()).isEqualTo(1);
    }

    @Test
    void everyCallThrowsTheSameException() {
        for (Throwable failure : List.of(new IllegalStateException(), new AssertionError(), new IOException())) {
            Supplier<String> value = Once.value(() -> sneaky(failure));
            Runnable func = Once.func(() -> sneaky(failure));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(value::get).isSameAs(failure);
                assertThatThrownBy(func::run).isSameAs(failure);
            }
        }
        assertThat(runs.get()).isEqualTo(6);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <X extends Throwable> String sneaky(Throwable failure) throws X {
        runs.incrementAndGet();
        throw (X) failure;
    }

    @Test
    void nullIsRejected() {
        once.run(() -> {});
        assertNull(() -> once.run(Nulls.nothing()));
        assertNull(() -> Once.func(Nulls.nothing()));
        assertNull(() -> Once.value(Nulls.nothing()));
    }

    private static void assertNull(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage("f");
    }
}
