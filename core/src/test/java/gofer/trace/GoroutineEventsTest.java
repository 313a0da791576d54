package gofer.trace;

import static gofer.Go.go;
import static gofer.Go.gomaxprocs;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.fixture.Eventually;
import gofer.fixture.Recordings;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.sched.Scheduling;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

/// Tests the fields of the events of goroutines and channels.
class GoroutineEventsTest {

    /// Returns the line that calls this method.
    private static int line() {
        return new Throwable().getStackTrace()[1].getLineNumber();
    }

    private static RecordedEvent blockOf(Goroutine goroutine, List<RecordedEvent> events) {
        return Recordings.the("GoroutineBlock", Recordings.of(goroutine, events));
    }

    /// Returns whether `number` is that of a processor. The JDK's scheduler can add carriers.
    private static boolean isProcessor(int number) {
        return number >= 0 && (!Scheduling.isOurs() || number < gomaxprocs(0));
    }

    @Test
    void eachRunMatchesAStart() {
        Recording recording = Recordings.start();
        List<Goroutine> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(go("]worker@" + i, () -> {}));
        }
        all.forEach(Eventually::ended);
        List<RecordedEvent> events = Recordings.stop(recording);
        for (Goroutine one : all) {
            List<RecordedEvent> own = Recordings.of(one, events);
            assertThat(Recordings.names(own))
                    .containsExactlyInAnyOrder("GoroutineStart", "GoroutineRun", "GoroutineEnd");
            RecordedEvent run = Recordings.the("GoroutineRun", own);
            assertThat(run.getString("name")).isEqualTo(one.name());
            assertThat(run.getStartTime())
                    .isAfterOrEqualTo(Recordings.the("GoroutineStart", own).getStartTime())
                    .isBeforeOrEqualTo(Recordings.the("GoroutineEnd", own).getStartTime());
            assertThat(run.getInt("processor")).matches(GoroutineEventsTest::isProcessor);
            assertThat(Recordings.the("GoroutineEnd", own).getInt("processor"))
                    .matches(GoroutineEventsTest::isProcessor);
        }
    }

    @Test
    void blockHasTheStateOfItsChannel() {
        Chan<Integer> room = Chan.make(3);
        Chan<Integer> full = Chan.make(2);
        full.send(1);
        full.send(2);
        Recording recording = Recordings.start();
        Goroutine receiver = go(room::recv);
        Goroutine sender = go(() -> full.send(3));
        Goroutine selector =
                go(() -> {
                    var _ = select(room, full.sending(4));
                });
        Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
        Eventually.blocked(sender, WaitReason.CHAN_SEND);
        Eventually.blocked(selector, WaitReason.SELECT);
        room.send(1);
        room.send(2);
        full.recv();
        List.of(receiver, sender, selector).forEach(Eventually::ended);
        List<RecordedEvent> events = Recordings.stop(recording);

        assertThat(lengthAndCapacity(blockOf(receiver, events))).containsExactly(0, 3);
        assertThat(lengthAndCapacity(blockOf(sender, events))).containsExactly(2, 2);
        assertThat(lengthAndCapacity(blockOf(selector, events))).containsExactly(-1, -1);
        for (Goroutine one : List.of(receiver, sender, selector)) {
            RecordedEvent block = blockOf(one, events);
            assertThat(block.getInt("processor")).matches(GoroutineEventsTest::isProcessor);
            assertThat(block.getInt("resumedOn")).matches(GoroutineEventsTest::isProcessor);
            assertThat(block.getLong("holder")).isZero();
        }
    }

    private static List<Integer> lengthAndCapacity(RecordedEvent block) {
        return List.of(block.getInt("length"), block.getInt("capacity"));
    }

    @Test
    void frameIsTheLineThatWaits() {
        Chan<Integer> chan = Chan.make();
        int[] line = new int[1];
        Recording recording = Recordings.start();
        Goroutine receiver = go(() -> receive(chan, line));
        Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
        Recordings.letAWaitGetAFrame();
        chan.send(1);
        Eventually.ended(receiver);
        assertThat(blockOf(receiver, Recordings.stop(recording)).getString("frame"))
                .isEqualTo(GoroutineEventsTest.class.getName() + ".receive(GoroutineEventsTest.java:" + line[0] + ")");
    }

    private static void receive(Chan<Integer> chan, int[] line) {
        line[0] = line() + 1;
        chan.recv();
    }

    /// `Iterable.forEach` is between the program and Gofer.
    @Test
    void frameIsNotOneOfTheJdk() {
        Chan<Integer> chan = Chan.make();
        int[] line = new int[1];
        Recording recording = Recordings.start();
        Goroutine inLoop =
                go(() -> {
                    line[0] = line() + 1;
                    List.of(chan).forEach(Chan::recv);
                });
        Eventually.blocked(inLoop, WaitReason.CHAN_RECEIVE);
        Recordings.letAWaitGetAFrame();
        chan.send(1);
        Eventually.ended(inLoop);
        assertThat(blockOf(inLoop, Recordings.stop(recording)).getString("frame"))
                .startsWith(GoroutineEventsTest.class.getName() + ".lambda$")
                .endsWith("(GoroutineEventsTest.java:" + line[0] + ")");
    }

    /// The holder runs before the recording.
    @Test
    @SuppressWarnings("LockLeak")
    void holderOfAMutexIsRecorded() {
        Mutex mutex = new Mutex();
        Chan<Boolean> release = Chan.make();
        Goroutine holder =
                go(() -> {
                    mutex.lock();
                    release.recv();
                    mutex.unlock();
                });
        Eventually.blocked(holder, WaitReason.CHAN_RECEIVE);
        Recording recording = Recordings.start();
        Goroutine waiter =
                go(() -> {
                    mutex.lock();
                    mutex.unlock();
                });
        Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
        release.send(true);
        Eventually.ended(waiter);
        RecordedEvent block = blockOf(waiter, Recordings.stop(recording));
        assertThat(block.getLong("holder")).isEqualTo(holder.id());
        assertThat(block.getInt("length")).isEqualTo(-1);
    }

    @Test
    void holderThatIsNotAGoroutineIsNotKnown() {
        Mutex mutex = new Mutex();
        Recording recording = Recordings.start();
        Goroutine waiter;
        try (var _ = mutex.lock()) {
            waiter =
                    go(() -> {
                        try (var _ = mutex.lock()) {
                            Thread.onSpinWait();
                        }
                    });
            Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
        }
        Eventually.ended(waiter);
        assertThat(blockOf(waiter, Recordings.stop(recording)).getLong("holder")).isZero();
    }

    @Test
    @SuppressWarnings("LockLeak")
    void holderOfAnRwMutexIsRecorded() {
        RWMutex mutex = new RWMutex();
        Chan<Boolean> endRead = Chan.make();
        Chan<Boolean> endWrite = Chan.make();
        Recording recording = Recordings.start();
        Goroutine reader =
                go(() -> {
                    mutex.rLock();
                    endRead.recv();
                    mutex.rUnlock();
                });
        Eventually.blocked(reader, WaitReason.CHAN_RECEIVE);
        Goroutine writer =
                go(() -> {
                    mutex.lock();
                    endWrite.recv();
                    mutex.unlock();
                });
        Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
        endRead.send(true);
        Eventually.blocked(writer, WaitReason.CHAN_RECEIVE);
        Goroutine second =
                go(() -> {
                    mutex.rLock();
                    mutex.rUnlock();
                });
        Eventually.blocked(second, WaitReason.RWMUTEX_RLOCK);
        endWrite.send(true);
        Eventually.ended(second);
        Eventually.ended(writer);
        List<RecordedEvent> events = Recordings.stop(recording);
        RecordedEvent ofWriter =
                Recordings.all("GoroutineBlock", Recordings.of(writer, events))
                        .filter(event -> event.getString("reason").equals("sync.RWMutex.Lock"))
                        .findFirst()
                        .orElseThrow();
        assertThat(ofWriter.getLong("holder")).isEqualTo(reader.id());
        assertThat(blockOf(second, events).getLong("holder")).isEqualTo(writer.id());
    }

    @Test
    void namedChannelsAreSampled() {
        Chan<Integer> parcels = Chan.named("sampled parcels", 8);
        for (int i = 0; i < 5; i++) {
            parcels.send(i);
        }
        parcels.recv();
        parcels.recv();
        Recording recording = Recordings.start();
        Eventually.that("it is sampled", () -> !samples(Recordings.soFar(recording)).isEmpty());
        assertThat(samples(Recordings.stop(recording)))
                .allSatisfy(sample -> {
                    assertThat(lengthAndCapacity(sample)).containsExactly(3, 8);
                    assertThat(sample.getLong("sent")).isEqualTo(5);
                    assertThat(sample.getLong("received")).isEqualTo(2);
                });
        assertThat(parcels.len()).isEqualTo(3); // it has been reachable all the time
    }

    private static List<RecordedEvent> samples(List<RecordedEvent> events) {
        return Recordings.all("Channel", events)
                .filter(event -> event.getString("name").equals("sampled parcels"))
                .toList();
    }
}
