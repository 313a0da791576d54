package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Tests of the notes and numbers that a search reports about itself.
class SearchNotesTest {

    /// The main goroutine ends first, and the operations of the others are independent.
    @Test
    void repeatsAreNotCountedAsSchedules() {
        var ended = new AtomicInteger();
        Exploration result =
                Explore.exhaustively()
                        .outcome(() -> "" + ended.get())
                        .search(() -> {
                            ended.set(0);
                            Chan<Integer> one = Chan.make(1);
                            Chan<Integer> other = Chan.make(1);
                            go(() -> {
                                one.send(1);
                                ended.incrementAndGet();
                            });
                            go(() -> {
                                other.send(1);
                                ended.incrementAndGet();
                            });
                        });
        assertThat(result.isComplete()).isTrue();
        assertThat(result.outcomes()).containsOnlyKeys("2");
        assertThat(result.schedules()).isEqualTo(1);
        assertThat(result.notes()).isEmpty();
    }

    /// The goroutine most likely waits, but it could also continue by itself.
    @Test
    void repeatedYieldMakesTheSearchIncomplete() {
        var seen = new AtomicInteger();
        Exploration result =
                Explore.exhaustively()
                        .outcome(() -> "" + seen.get())
                        .search(() -> {
                            var done = new AtomicInteger();
                            go(() -> {
                                Explore.point(seen);
                                seen.set(done.get());
                            });
                            for (int i = 0; i < 3; i++) gosched();
                            done.set(1);
                        });
        assertThat(result.isComplete()).isFalse();
        assertThat(result.notes()).anyMatch(note -> note.contains("yielded at the same place again"));
    }

    /// A test may ignore the result.
    @Test
    void notesOfASearchWithoutAFaultArePrinted() {
        assertThat(
                        printed(() -> {
                            go(() -> {});
                            for (int i = 0; i < 3; i++) gosched();
                        }))
                .startsWith("gofer: no fault found in ")
                .contains("\nnote: ")
                .contains("yielded at the same place again");
        assertThat(printed(SearchNotesTest::twoSenders)).isEmpty();
    }

    private static String printed(Body body) {
        PrintStream err = System.err;
        var text = new ByteArrayOutputStream();
        System.setErr(new PrintStream(text, true, UTF_8));
        try {
            Exploration result = Explore.exhaustively().check(body);
            assertThat(result.faults()).isEmpty();
        } finally {
            System.setErr(err);
        }
        return text.toString(UTF_8);
    }

    @Test
    void summaryMentionsTheBound() {
        Exploration result = Explore.exhaustively().preemptions(1).search(SearchNotesTest::twoSenders);
        assertThat(result.summary()).containsPattern("^all \\d+ schedules with at most 1 preemption[,;]");
        assertThat(Explore.exhaustively().search(SearchNotesTest::twoSenders).summary())
                .containsPattern("^all \\d+ schedules[,;]");
    }

    private static void twoSenders() {
        Chan<Integer> numbers = Chan.make(2);
        var both = new WaitGroup();
        both.go(() -> numbers.send(1));
        both.go(() -> numbers.send(2));
        both.await();
    }

    /// Accesses need not be scheduling points while no other goroutine can run.
    @Test
    void accessesOfASingleGoroutineAreNotCounted() {
        Exploration result =
                Explore.schedules(100)
                        .search(() -> {
                            for (int i = 0; i < 20_000; i++) {
                                Explore.point(SearchNotesTest.class);
                            }
                            lostUpdate();
                        });
        assertThat(result.faults()).hasSize(1);
    }

    private static void lostUpdate() {
        int[] counter = {0};
        var both = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            both.go(() -> {
                Explore.point(counter);
                int seen = counter[0];
                Explore.point(counter);
                counter[0] = seen + 1;
            });
        }
        both.await();
        assertThat(counter[0]).isEqualTo(2);
    }

    @Test
    void tooManyAccessesAreNoted() {
        Exploration result =
                Explore.exhaustively()
                        .preemptions(0)
                        .search(() -> {
                            Chan<Integer> turns = Chan.make(100);
                            var other = new WaitGroup();
                            other.go(() -> accessOften(turns));
                            accessOften(turns);
                            other.await();
                        });
        assertThat(result.notes()).anyMatch(note -> note.contains("more than 10,000 accesses"));
        assertThat(result.isComplete()).isFalse();
    }

    private static void accessOften(Chan<Integer> turns) {
        for (int turn = 0; turn < 50; turn++) {
            for (int i = 0; i < 400; i++) {
                Explore.point(SearchNotesTest.class);
            }
            turns.send(turn); // an event, unlike an access
        }
    }

    /// An iterator and its list are two objects, but not independent.
    @Test
    void viewsDependOnTheirSource() {
        Exploration result =
                Explore.exhaustively()
                        .search(() -> {
                            List<Integer> list = new ArrayList<>(List.of(1, 2));
                            var broken = new AtomicInteger();
                            var all = new WaitGroup();
                            for (int i = 0; i < 2; i++) {
                                var iterator = list.iterator();
                                all.go(() -> {
                                    Explore.point(iterator);
                                    try {
                                        iterator.next();
                                    } catch (ConcurrentModificationException changed) {
                                        broken.incrementAndGet();
                                    }
                                });
                            }
                            all.go(() -> {
                                Explore.point(list);
                                list.add(3);
                            });
                            all.await();
                            assertThat(broken.get()).isNotEqualTo(2);
                        });
        assertThat(result.faults()).hasSize(1);
    }

    /// A schedule that fails leaves its threads behind.
    @Test
    void plainThreadsOfAScheduleDoNotAffectTheNext() {
        Exploration result =
                Explore.schedules(100)
                        .all()
                        .search(() -> {
                            Thread plain = Thread.startVirtualThread(LockSupport::park);
                            boolean[] ran = {false};
                            go(() -> ran[0] = true);
                            gosched();
                            if (ran[0]) {
                                throw new IllegalStateException("the only fault");
                            }
                            LockSupport.unpark(plain);
                        });
        assertThat(result.schedules()).isEqualTo(100);
        assertThat(result.faults()).singleElement().extracting(Fault::message).asString().contains("the only fault");
    }

    @Test
    void interruptEndsTheSearchAndIsNotAFault() {
        Thread me = Thread.currentThread();
        var runs = new AtomicInteger();
        assertThatThrownBy(() ->
                        Explore.schedules(Long.MAX_VALUE)
                                .search(() -> {
                                    if (runs.incrementAndGet() == 100) {
                                        me.interrupt();
                                    }
                                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void exceptionOfTheCallerIsNotAFault() {
        assertThatThrownBy(() ->
                        Explore.schedules(1)
                                .outcome(() -> {
                                    throw new AssertionError("of the outcome");
                                })
                                .search(() -> {}))
                .hasMessage("of the outcome");
    }

    @Test
    void replayOfARaceIsRefusedWithoutTheAgent() {
        assertThatThrownBy(() -> Explore.replay("g1r-", () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-javaagent:gofer-testing.jar");
    }

    @Test
    void tokenWithANegativeChoiceIsRefused() {
        assertThatThrownBy(() -> Explore.replay("g1-AP____8P", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("g1-AP____8P");
    }

    /// The strategy schedules the first half of the allowed steps.
    @Test
    void noteOfALongScheduleNamesTheStepFromWhichItIsRandom() {
        Exploration result =
                Explore.schedules(10)
                        .strategy(Strategy.EXHAUSTIVE)
                        .steps(2000)
                        .search(() -> {
                            Chan<Integer> chan = Chan.make(1);
                            for (int i = 0; i < 600; i++) {
                                chan.send(i);
                                assertThat(chan.recv()).isEqualTo(i);
                            }
                        });
        assertThat(result.isComplete()).isFalse();
        assertThat(result.summary()).contains("scheduled at random from step 1000 on");
    }
}
