package gofer.testing;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A token replays its schedule, or reports that it cannot.
class ReplayTest {

    private static Body lostUpdate(boolean correct) {
        return () -> ExploreFaultsTest.lostUpdate(correct);
    }

    private static String tokenOf(Body body) {
        Fault fault = Explore.schedules(1000).search(body).faults().getFirst();
        assertThat(fault.obstacle()).isEmpty();
        return fault.token();
    }

    @Test
    void sameProgramFailsInTheSameWay() {
        Exploration again = Explore.schedules(1).replayed(tokenOf(lostUpdate(false)), lostUpdate(false));
        assertThat(again.faults()).singleElement().extracting(Fault::message).asString().contains("lost: 1");
    }

    @Test
    void correctedProgramDoesNotMatchTheToken() {
        String token = tokenOf(lostUpdate(false));
        assertThatThrownBy(() -> Explore.replay(token, lostUpdate(true)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the token belongs to another program");
    }

    @Test
    void tokenWithoutChoicesDetectsAnotherProgram() {
        String deadlock = tokenOf(() -> Chan.make().recv());
        assertThatThrownBy(() -> Explore.replay(deadlock, () -> {}))
                .hasMessageStartingWith(
                        "the schedule of the token failed, but the replay did not: the token belongs to another"
                                + " program");
        assertThatThrownBy(() -> Explore.replay(deadlock, () -> Chan.make(1).recv()))
                .hasMessageStartingWith("all goroutines are asleep"); // this takes the same steps
        assertThatThrownBy(() ->
                        Explore.replay(
                                deadlock,
                                () -> {
                                    Chan<Integer> numbers = Chan.make(1);
                                    numbers.send(1);
                                    numbers.send(2);
                                }))
                .hasMessageStartingWith("the token belongs to another program")
                .hasMessageContaining("all goroutines are asleep");
        assertThatThrownBy(() ->
                        Explore.replay(
                                deadlock,
                                () -> {
                                    throw new IllegalStateException("other");
                                }))
                .hasMessageContaining("the replay failed in another way");
    }

    @Test
    void tokenOfAnOutcomeReplaysAScheduleWithoutFault() {
        Exploration all = Explore.exhaustively().outcome(() -> "fine").search(lostUpdate(true));
        String token = all.outcomes().values().iterator().next().token();
        assertThat(Explore.replay(token, lostUpdate(true)).faults()).isEmpty();
        assertThatThrownBy(() -> Explore.replay(token, () -> {}))
                .hasMessageStartingWith("the token belongs to another program");
    }

    @Test
    void tokenHasTheLimitOfSteps() {
        Body late =
                () -> {
                    Chan<Integer> numbers = Chan.make();
                    go(() -> {
                        for (int i = 0; i < 30; i++) numbers.send(i);
                    });
                    for (int i = 0; i < 30; i++) numbers.recv();
                    throw new IllegalStateException("late");
                };
        Fault fault = Explore.schedules(10).steps(100).search(late).faults().getFirst(); // the second half is random
        assertThat(fault.token()).endsWith(".100");
        assertThat(Explore.schedules(1).replayed(fault.token(), late).faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .endsWith("late");
    }

    @Test
    void invalidTokenIsRefused() {
        for (String token : new String[] {"g1-.", "g1-.D", "g1-.DE!", "g1-AA?.DE", "g1-.DE.x"}) {
            assertThatThrownBy(() -> Explore.replay(token, () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(token);
        }
    }

    @Test
    void faultHasNoTokenIfAPlatformThreadHasRun() {
        Exploration found =
                Explore.schedules(3)
                        .search(() -> {
                            go(() -> {
                                var thread = new Thread(() -> {});
                                thread.start();
                                while (thread.getState() != Thread.State.TERMINATED) {
                                    Thread.onSpinWait();
                                }
                                throw new IllegalStateException("wrong");
                            });
                        });
        assertThat(found.faults()).hasSize(1);
        assertThat(found.faults().getFirst().token()).isEmpty();
        assertThat(found.faults().getFirst().obstacle())
                .isEqualTo("platform threads were started, which cannot be controlled");
    }

    @Test
    void faultHasNoTokenIfPlatformThreadsRun() {
        Fault fault =
                Explore.schedules(1)
                        .search(() -> {
                            var done = new CountDownLatch(1);
                            new Thread(done::countDown).start();
                            done.await();
                            throw new IllegalStateException("wrong");
                        })
                        .faults()
                        .getFirst();
        assertThat(fault.token()).isEmpty();
        assertThat(fault.obstacle()) // the second one if the thread has ended before the check
                .containsAnyOf("platform threads were started, which cannot be controlled", "not under control");
        assertThat(fault.text()).contains("it cannot be replayed: " + fault.obstacle()).doesNotContain("g1-");
    }

    @Test
    void monitorsDoNotPreventReplay() {
        Fault fault =
                Explore.schedules(1)
                        .search(() -> {
                            var monitor = new Object();
                            Chan<Integer> entered = Chan.make(1);
                            go(() -> {
                                synchronized (monitor) {
                                    entered.send(1);
                                    while (true) {
                                        monitor.wait();
                                    }
                                }
                            });
                            entered.recv();
                            synchronized (monitor) {
                                throw new IllegalStateException("wrong");
                            }
                        })
                        .faults()
                        .getFirst();
        assertThat(fault.token()).startsWith("g1-");
    }

    /// A run that fails in the same way again would be luck.
    @Test
    void nondeterministicBodyHasNoToken() {
        int[] runs = {0};
        Exploration result =
                Explore.schedules(1)
                        .search(() -> {
                            if (runs[0]++ == 0) throw new IllegalStateException("once");
                        });
        assertThat(result.faults()).singleElement().extracting(Fault::token).isEqualTo("");
        assertThat(result.notes()).anyMatch(note -> note.contains("not deterministic"));
    }
}
