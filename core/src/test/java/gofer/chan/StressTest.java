package gofer.chan;

import static gofer.Go.after;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.ManualCancellation;
import gofer.fixture.Rounds;
import gofer.goroutine.InterruptException;
import gofer.runtime.chan.ChanInternals;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A long random run in which waits of every kind are interrupted, cancelled and timed out, and channels are closed during use.
/// Each value has a number, and in the end every number is accounted for.
class StressTest {

    private static final int VALUES =
            Rounds.of(1_000_000) + 1; // each is sent once; there are more operations than values
    private static final int GOROUTINES = 6; // on either side
    private static final int THREADS = 1; // on either side
    private static final int[] CAPACITIES = {0, 0, 1, 2, 16};

    private static final class Cancelled extends RuntimeException {

        private static final long serialVersionUID = 1;

        Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicIntegerArray sent = new AtomicIntegerArray(VALUES);
    private final AtomicIntegerArray received = new AtomicIntegerArray(VALUES);
    private final LongAdder operations = new LongAdder();
    private final LongAdder calledOff = new LongAdder();
    private final AtomicBoolean over = new AtomicBoolean();

    private final AtomicReferenceArray<Chan<Integer>> chans = new AtomicReferenceArray<>(CAPACITIES.length);
    private final Queue<Chan<Integer>> everyChan = new ConcurrentLinkedQueue<>();
    private final AtomicReference<ManualCancellation> ctx = new AtomicReference<>(new ManualCancellation());
    private final List<Thread> threads = new ArrayList<>(); // complete before `start` is closed
    private final Chan<Void> start = Chan.make();

    /// One sender or receiver, with a random sequence of its own.
    private final class Worker {

        private final Random random;
        private Select select = new Select();
        private @Nullable SendCase<Integer> sends;

        Worker(int seed) {
            this.random = new Random(seed);
        }

        void sendAll() {
            for (int value = next.getAndIncrement(); value < VALUES; value = next.getAndIncrement()) {
                disturb();
                operations.increment();
                try {
                    if (send(value)) {
                        sent.incrementAndGet(value);
                    }
                } catch (ChanClosedException _) {
                    calledOff.increment();
                } catch (InterruptException | Cancelled _) {
                    Thread.interrupted();
                    calledOff.increment();
                }
            }
        }

        void receiveAll() {
            while (!over.get()) {
                operations.increment();
                try {
                    receive();
                } catch (ChanClosedException _) {
                    calledOff.increment();
                } catch (InterruptException | Cancelled _) {
                    Thread.interrupted();
                    calledOff.increment();
                }
            }
        }

        private boolean send(int value) {
            Chan<Integer> a = any();
            Chan<Integer> b = any();
            return switch (random.nextInt(8)) {
                case 0 -> {
                    a.send(value);
                    yield true;
                }
                case 1 -> {
                    a.send(ctx.get(), value);
                    yield true;
                }
                case 2 -> a.trySend(value);
                case 3 ->
                        switch (select(a.sending(value), b.sending(value))) {
                            case First(_), Second(_) -> true;
                        };
                case 4 ->
                        switch (select(a.sending(value), b.sending(value), soon())) {
                            case First(_), Second(_) -> true;
                            case Third(_) -> false;
                        };
                case 5 ->
                        switch (select(a.sending(value), b)) {
                            case First(_) -> true;
                            case Second(var other) -> record(other);
                        };
                default -> sendByHandle(value, a, b);
            };
        }

        private boolean sendByHandle(int value, Chan<Integer> a, Chan<Integer> b) {
            if (sends == null || random.nextInt(20) == 0) {
                select = new Select();
                sends = select.send(a);
                select.recv(b);
            }
            SendCase<Integer> arm = sends;
            arm.offer(value);
            try {
                SelectCase chosen = random.nextBoolean() ? select.await(ctx.get()) : select.await();
                if (chosen instanceof RecvCase<?> other) {
                    record(other.received());
                    if (other.closed()) {
                        sends = null;
                    }
                }
                return chosen == arm;
            } catch (ChanClosedException closed) {
                sends = null;
                throw closed;
            }
        }

        private void receive() {
            Chan<Integer> a = any();
            Chan<Integer> b = any();
            switch (random.nextInt(7)) {
                case 0 -> record(a.recvOk());
                case 1 -> record(a.recvOk(ctx.get()));
                case 2 -> {
                    if (a.tryRecv() instanceof Received<Integer> answer) {
                        record(answer);
                    }
                }
                case 3 -> {
                    switch (select(a, b, a)) {
                        case First(var answer) -> record(answer);
                        case Second(var answer) -> record(answer);
                        case Third(var answer) -> record(answer);
                    }
                }
                case 4 -> {
                    switch (select(soon(), a)) {
                        case First(_) -> calledOff.increment();
                        case Second(var answer) -> record(answer);
                    }
                }
                case 5 -> record(new Value<>(a.recv()));
                default -> receiveByHandle(a);
            }
        }

        private void receiveByHandle(Chan<Integer> another) {
            select = random.nextInt(8) == 0 ? new Select() : select;
            select.recv(another).enable(random.nextBoolean());
            select.recv(Alarm.in(Duration.ofNanos(random.nextInt(100_000))).c());
            SelectCase chosen = random.nextBoolean() ? select.await(ctx.get()) : select.await();
            if (chosen instanceof RecvCase<?> arm) {
                record(arm.received());
            }
        }

        /// Occasionally interrupts a worker, cancels the context of all workers, or closes a channel and replaces it by
        /// a new one.
        private void disturb() {
            switch (random.nextInt(600)) {
                case 0, 1, 2, 3, 4 -> threads.get(random.nextInt(threads.size())).interrupt();
                case 5, 6, 7, 8, 9 -> ctx.getAndSet(new ManualCancellation()).cancel(new Cancelled());
                case 10 -> {
                    int index = random.nextInt(CAPACITIES.length);
                    chans.getAndSet(index, open(index)).close();
                }
                default -> {}
            }
        }

        void disturbUntilTheEnd() {
            while (!over.get()) {
                disturb();
                LockSupport.parkNanos(1000);
            }
        }

        private Chan<Integer> any() {
            return chans.get(random.nextInt(CAPACITIES.length));
        }

        private RecvChan<?> soon() {
            return after(Duration.ofNanos(random.nextInt(100_000)));
        }

        private boolean record(Received<?> answer) {
            if (answer instanceof Value(Integer value)) {
                received.incrementAndGet(value);
            }
            return false;
        }
    }

    @Test
    void everyValueIsAccountedFor() {
        for (int i = 0; i < CAPACITIES.length; i++) {
            chans.set(i, open(i));
        }
        try (var receivers = new Crew()) {
            // In addition to the workers, because all senders may wait on other channels than all receivers.
            Worker disturber = new Worker(4000);
            receivers.thread(() -> afterStart(disturber::disturbUntilTheEnd));
            try (var senders = new Crew()) {
                for (int i = 0; i < GOROUTINES; i++) {
                    Worker sender = new Worker(i);
                    Worker receiver = new Worker(1000 + i);
                    threads.add(senders.go(() -> afterStart(sender::sendAll)).thread());
                    threads.add(receivers.go(() -> afterStart(receiver::receiveAll)).thread());
                }
                for (int i = 0; i < THREADS; i++) {
                    Worker sender = new Worker(2000 + i);
                    Worker receiver = new Worker(3000 + i);
                    threads.add(senders.thread(() -> afterStart(sender::sendAll)));
                    threads.add(receivers.thread(() -> afterStart(receiver::receiveAll)));
                }
                start.close();
            }
            over.set(true);
            for (int i = 0; i < CAPACITIES.length; i++) {
                chans.get(i).close();
            }
        }
        for (Chan<Integer> chan : everyChan) {
            for (int left : chan) {
                received.incrementAndGet(left);
            }
            assertThat(ChanInternals.waiters(chan.core)).as("waiters of %s", chan).isZero();
        }
        int lost = 0;
        int doubled = 0;
        for (int value = 0; value < VALUES; value++) {
            lost += received.get(value) < sent.get(value) ? 1 : 0;
            doubled += received.get(value) > sent.get(value) ? 1 : 0;
        }
        assertThat(lost).as("sent and not received").isZero();
        assertThat(doubled).as("received twice, or although the send failed").isZero();
        assertThat(operations.sum()).isGreaterThan(VALUES - 1);
        assertThat(calledOff.sum()).isGreaterThan(VALUES / 1000);
    }

    private void afterStart(Runnable work) {
        start.recvOk();
        work.run();
    }

    private Chan<Integer> open(int index) {
        Chan<Integer> chan = Chan.make(CAPACITIES[index]);
        everyChan.add(chan);
        return chan;
    }
}
