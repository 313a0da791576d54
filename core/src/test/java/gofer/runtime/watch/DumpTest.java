package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.lock.MutexCore;
import gofer.runtime.park.WaitEdge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DumpTest {

    private final ChanCore end = new ChanCore(0);
    private final MutexCore mutex = new MutexCore();

    @AfterEach
    void end() {
        end.close();
    }

    private G waiter(String name) {
        G g = Goroutines.start(name, () -> end.recv(null));
        Eventually.blocked(g, WaitReason.CHAN_RECEIVE);
        return g;
    }

    /// Returns the lines except those of the stack.
    private static List<String> text(DumpGroup group, Map<Long, Blocker> blockers) {
        StringBuilder text = new StringBuilder();
        new DumpText(text, blockers).append(List.of(group));
        return text.toString().lines().filter(line -> !line.startsWith("\tat ")).toList();
    }

    private static DumpGroup group(GoroutineSnapshot... snapshots) {
        DumpGroup group = new DumpGroup(snapshots[0]);
        for (GoroutineSnapshot snapshot : snapshots) {
            group.add(snapshot);
        }
        return group;
    }

    private static GoroutineSnapshot waitingFor(GoroutineSnapshot snapshot, List<WaitEdge> waits) {
        return new GoroutineSnapshot(
                snapshot.id(),
                snapshot.name(),
                snapshot.origin(),
                snapshot.state(),
                List.of(),
                waits,
                List.of(),
                Duration.ZERO);
    }

    private static GoroutineSnapshot now(G g) {
        return after(Duration.ZERO, GoroutineSnapshot.of(g));
    }

    private static GoroutineSnapshot after(Duration time, GoroutineSnapshot snapshot) {
        return new GoroutineSnapshot(
                snapshot.id(),
                snapshot.name(),
                snapshot.origin(),
                snapshot.state(),
                snapshot.stack(),
                snapshot.waits(),
                List.of(),
                time);
    }

    @Test
    void timeIsShownInSecondsAndThenInMinutes() {
        GoroutineSnapshot snapshot = GoroutineSnapshot.of(waiter(""));
        assertThat(head(after(Duration.ofMillis(999), snapshot))).endsWith(" [chan receive]:");
        assertThat(head(after(Duration.ofMillis(59_999), snapshot))).endsWith(" [chan receive, 59 seconds]:");
        assertThat(head(after(Duration.ofSeconds(179), snapshot))).endsWith(" [chan receive, 2 minutes]:");
        assertThat(head(after(Duration.ofSeconds(179), snapshot), after(Duration.ZERO, snapshot)))
                .endsWith(" [chan receive, 0 seconds to 2 minutes]:");
    }

    private static String head(GoroutineSnapshot... snapshots) {
        return text(group(snapshots), Map.of()).getFirst();
    }

    @Test
    void similarGoroutinesAreOneGroup() {
        G one = waiter("one");
        G two = waiter("two");
        assertThat(GoroutineSnapshot.of(one).kind()).isEqualTo(GoroutineSnapshot.of(two).kind());
        List<String> lines = text(group(now(one), now(two)), Map.of());
        assertThat(lines.getFirst()).isEqualTo("2 goroutines (" + one.id() + "-" + two.id() + ") [chan receive]:");
        assertThat(lines.getLast()).isEqualTo(one.origin().toString());
        assertThat(text(group(now(one), now(one)), Map.of()).getFirst()).startsWith("2 goroutines \"one\" (");
    }

    @Test
    void groupWithDifferentTargetsShowsOne() {
        GoroutineSnapshot snapshot = GoroutineSnapshot.of(waiter(""));
        WaitEdge other = new WaitEdge("for", mutex, List.of());
        DumpGroup group =
                group(
                        waitingFor(snapshot, List.of(other)),
                        waitingFor(snapshot, List.of(new WaitEdge("for", new MutexCore(), List.of()))));
        assertThat(text(group, Map.of()).get(1)).startsWith("\tone of them waits for mutex ");
        assertThat(new DumpJson(Map.of()).of(List.of(group))).contains("\"waitsOfFirst\": [{\"purpose\": \"for\"");
    }

    @Test
    void ownerOfALockIsNamed() {
        G holder =
                Goroutines.start(
                        "holder",
                        () -> {
                            mutex.lock(null);
                            end.recv(null);
                            mutex.unlock();
                        });
        Eventually.blocked(holder, WaitReason.CHAN_RECEIVE);
        G waiter = Goroutines.start("waiter", () -> mutex.lock(null));
        Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
        Dump dump = Dump.take();
        assertThat(dump.text()).contains(", blocked by " + holder + "\n");
        assertThat(dump.json()).contains("\"blockedBy\": [" + holder.id() + "]");
    }

    @Test
    void jsonHasTheSameContent() {
        G one = waiter("one");
        String json = new DumpJson(Map.of()).of(List.of(group(now(one))));
        assertThat(json)
                .startsWith(
                        "{\"goroutines\": 1, \"threads\": 0, \"groups\": [{\"kind\": \"goroutine\", \"count\": 1,"
                                + " \"ids\": ["
                                + one.id()
                                + "], \"name\": \"one\", \"state\": \"chan receive\", \"shortestWaitSeconds\": 0, ")
                .contains("\"waits\": [{\"purpose\": \"to receive from\", \"kind\": \"chan\", \"label\": \"")
                .contains("\"len\": 0, \"cap\": 0, \"closed\": false, \"receivers\": 1, \"senders\": 0, \"madeAt\": \"")
                .contains("\"stack\": [\"gofer.runtime.watch.DumpTest.")
                .contains("\"createdAt\": \"gofer.runtime.watch.DumpTest.waiter(DumpTest.java:");
    }
}
