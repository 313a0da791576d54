package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.lock.MutexCore;
import gofer.runtime.park.Wait;
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

    /// The lines but for those of the stack.
    private static List<String> text(DumpGroup group, Map<Long, Blocker> blockers) {
        StringBuilder text = new StringBuilder();
        new DumpText(text, blockers).append(List.of(group));
        return text.toString().lines().filter(line -> !line.startsWith("\tat ")).toList();
    }

    private static DumpGroup group(Sight... sights) {
        DumpGroup group = new DumpGroup(sights[0]);
        for (Sight sight : sights) {
            group.add(sight);
        }
        return group;
    }

    private static Sight waitingFor(Sight sight, List<Wait> waits) {
        return new Sight(
                sight.id(), sight.name(), sight.origin(), sight.state(), List.of(), waits, List.of(), Duration.ZERO);
    }

    private static Sight now(G g) {
        return after(Duration.ZERO, Sight.of(g));
    }

    private static Sight after(Duration time, Sight sight) {
        return new Sight(
                sight.id(), sight.name(), sight.origin(), sight.state(), sight.stack(), sight.waits(), List.of(), time);
    }

    @Test
    void theTimeIsSaidInSecondsAndThenInMinutes() {
        Sight sight = Sight.of(waiter(""));
        assertThat(head(after(Duration.ofMillis(999), sight))).endsWith(" [chan receive]:");
        assertThat(head(after(Duration.ofMillis(59_999), sight))).endsWith(" [chan receive, 59 seconds]:");
        assertThat(head(after(Duration.ofSeconds(179), sight))).endsWith(" [chan receive, 2 minutes]:");
        assertThat(head(after(Duration.ofSeconds(179), sight), after(Duration.ZERO, sight)))
                .endsWith(" [chan receive, 0 seconds to 2 minutes]:");
    }

    private static String head(Sight... sights) {
        return text(group(sights), Map.of()).getFirst();
    }

    @Test
    void goroutinesThatDifferInWhatDoesNotMatterAreOneGroup() {
        G one = waiter("one");
        G two = waiter("two");
        assertThat(Sight.of(one).kind()).isEqualTo(Sight.of(two).kind());
        List<String> lines = text(group(now(one), now(two)), Map.of());
        assertThat(lines.getFirst()).isEqualTo("2 goroutines (" + one.id() + "-" + two.id() + ") [chan receive]:");
        assertThat(lines.getLast()).isEqualTo(one.origin().toString());
        assertThat(text(group(now(one), now(one)), Map.of()).getFirst()).startsWith("2 goroutines \"one\" (");
    }

    @Test
    void aGroupThatWaitsForDifferentThingsShowsOne() {
        Sight sight = Sight.of(waiter(""));
        Wait other = new Wait("for", mutex, List.of());
        DumpGroup group =
                group(
                        waitingFor(sight, List.of(other)),
                        waitingFor(sight, List.of(new Wait("for", new MutexCore(), List.of()))));
        assertThat(text(group, Map.of()).get(1)).startsWith("\tone of them waits for mutex ");
        assertThat(new DumpJson(Map.of()).of(List.of(group))).contains("\"waitsOfFirst\": [{\"purpose\": \"for\"");
    }

    @Test
    void whoHoldsALockIsNamed() {
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
    void asJsonItHasTheSame() {
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
