package gofer.diagnostics;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import gofer.chan.Chan;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.sync.Mutex;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlocksTest {

    private final Queue<Goroutine> started = new ConcurrentLinkedQueue<>();
    private final List<Mutex> mutexes = Stream.generate(Mutex::new).limit(10_000).toList();
    private final Mutex a = mutexes.get(9_998);
    private final Mutex b = mutexes.get(9_999);

    @AfterEach
    void end() {
        started.forEach(g -> g.thread().interrupt());
        started.forEach(Eventually::ended);
    }

    private Goroutine lock(String name, Mutex first, Mutex second, Chan<Integer> proceed) {
        Goroutine g =
                go(
                        name,
                        () -> {
                            try (var _ = first.lock()) {
                                proceed.recvOk();
                                second.lock().close();
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        started.add(g);
        Eventually.blocked(g, WaitReason.CHAN_RECEIVE);
        return g;
    }

    /// The places of most locks are not recorded, because many are created at once.
    private void deadlock() {
        Chan<Integer> proceed = Chan.make();
        Goroutine ab = lock("ab", a, b, proceed);
        Goroutine ba = lock("ba", b, a, proceed);
        proceed.close();
        Eventually.blocked(ab, WaitReason.MUTEX_LOCK);
        Eventually.blocked(ba, WaitReason.MUTEX_LOCK);
    }

    private List<String> edges(List<Stuck> stuck) {
        List<Long> ours = started.stream().map(Goroutine::id).toList();
        return stuck.stream()
                .filter(s -> ours.containsAll(s.ids()))
                .map(s ->
                        s.text()
                                .replaceAll(
                                        "(?s)^goroutine \\d+ \"(\\w+)\" .*blocked by goroutine \\d+ \"(\\w+)\".*",
                                        "$1 $2"))
                .toList();
    }

    @Test
    void eachWaitInTheCycleIsReported() {
        assertThat(edges(Deadlocks.find())).isEmpty();
        deadlock();
        assertThat(edges(Deadlocks.find())).containsExactly("ab ba", "ba ab");
        Stuck first = Deadlocks.find().stream().filter(s -> s.text().contains("\"ab\"")).findFirst().orElseThrow();
        assertThat(first.state()).isEqualTo("sync.Mutex.Lock");
        assertThat(first.stack().getFirst().getClassName()).startsWith(DeadlocksTest.class.getName());
        assertThat(first.waits())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("for mutex ")
                .contains("blocked by goroutine ");
        assertThat(first.createdAt()).contains("DeadlocksTest.lock(");
        assertThat(first.time().isNegative()).isFalse();
        assertThat(first).hasToString(first.text());
    }

    @Test
    @SuppressWarnings("NullAway")
    void watchCallsBackOncePerDeadlock() {
        Queue<List<String>> reports = new ConcurrentLinkedQueue<>();
        try (var _ = Deadlocks.watch(stuck -> reports.add(edges(stuck)))) {
            deadlock();
            Eventually.that("it is reported", () -> reports.contains(List.of("ab ba", "ba ab")));
            Mutex mine = new Mutex();
            Chan<Integer> now = Chan.make();
            Goroutine twice = lock("twice", mine, mine, now);
            now.close();
            Eventually.blocked(twice, WaitReason.MUTEX_LOCK);
            Eventually.that("so is the next", () -> reports.contains(List.of("ab ba", "ba ab", "twice twice")));
            assertThat(reports).hasSize(2);
        }
        assertThatNullPointerException().isThrownBy(() -> Deadlocks.watch(null)).withMessage("callback");
    }
}
