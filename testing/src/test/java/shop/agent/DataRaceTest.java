package shop.agent;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Explorations that search for data races.
class DataRaceTest {

    private static final class Counter {
        int total;
        volatile boolean ready;

        void add() {
            total++;
        }
    }

    private static Explore search() {
        return Explore.schedules(200);
    }

    private static void noRace(Body body) {
        Exploration result = search().search(body);
        assertThat(result.faults()).isEmpty();
        assertThat(result.notes()).isEmpty();
    }

    /// If the machine is busy, the JVM may be late to wake a thread that waits for a monitor, or in newer JDKs for the end of a
    /// thread. A note says so then.
    private static void noRaceWithMonitors(Body body) {
        assertThat(search().search(body).faults()).isEmpty();
    }

    @Test
    void lostUpdateIsReportedInTheFirstSchedule() {
        Exploration result =
                search().search(() -> {
                    var counter = new Counter();
                    var group = new WaitGroup();
                    group.go("first", counter::add);
                    group.go("second", counter::add);
                    group.await();
                });
        assertThat(result.faults()).hasSize(1);
        assertThat(result.faults().getFirst().schedule()).isEqualTo(1);
        assertThat(result.faults().getFirst().message()).startsWith("data race on Counter.total: ");
    }

    @Test
    void replayGivesTheSameReport() {
        Body body =
                () -> {
                    var counter = new Counter();
                    var group = new WaitGroup();
                    group.go("first", counter::add);
                    group.go("second", counter::add);
                    group.await();
                };
        Exploration found = search().search(body);
        assertThat(found.faults()).hasSize(1);
        String token = found.faults().getFirst().token();
        assertThat(token).startsWith("g1r-");
        for (int i = 0; i < 100; i++) {
            Exploration replayed = Explore.schedules(1).replayed(token, body);
            assertThat(replayed.faults())
                    .singleElement()
                    .extracting(Fault::text)
                    .isEqualTo(found.faults().getFirst().text());
        }
    }

    /// Runs both bodies, which share a race, and returns its report.
    private static String report(BiConsumer<Locks, Counter> first, BiConsumer<Locks, Counter> second) {
        Exploration result =
                search().search(() -> {
                    var locks = new Locks(new Mutex(), new RWMutex());
                    var counter = new Counter();
                    var group = new WaitGroup();
                    group.go(() -> first.accept(locks, counter));
                    group.go(() -> second.accept(locks, counter));
                    group.await();
                });
        assertThat(result.faults()).hasSize(1);
        return result.faults().getFirst().detail();
    }

    private record Locks(Mutex mutex, RWMutex other) {}

    @Test
    void reportNamesTheLocksThatWereHeld() {
        String report =
                report(
                        (locks, counter) -> {
                            try (var _ = locks.mutex.lock();
                                    var _ = locks.other.rLock()) {
                                synchronized (counter) {
                                    counter.add();
                                }
                            }
                        },
                        (locks, counter) -> {
                            try (var _ = locks.mutex.lock()) {
                                counter.ready = locks.other.tryRLock();
                            }
                            counter.add();
                        });
        assertThat(report).contains("\tholding mutex 1, rwmutex 1, Counter 1\n").contains("\tholding rwmutex 1\n");
    }

    /// Runs `use` of a list beside a change of the list, and returns the faults.
    private static List<Fault> besideAChange(Consumer<List<Integer>> use) {
        return search().search(
                        () -> {
                            var list = new ArrayList<>(List.of(1));
                            var group = new WaitGroup();
                            group.go(() -> list.add(2));
                            group.go(() -> use.accept(list));
                            group.await();
                        })
                .faults();
    }

    @Test
    void copyOfACollectionReadsIt() {
        assertThat(besideAChange(ArrayList::new)).hasSize(1);
        assertThat(besideAChange(list -> new HashSet<>(list))).hasSize(1);
        assertThat(besideAChange(list -> new ArrayList<Integer>().addAll(list))).hasSize(1);
        assertThat(besideAChange(List::copyOf)).hasSize(1);
        assertThat(besideAChange(list -> assertThat("all: " + list).isNotEmpty())).hasSize(1);
    }

    @Test
    void viewOfACollectionReadsNothing() {
        assertThat(besideAChange(list -> assertThat(Collections.unmodifiableList(list) == list).isFalse())).isEmpty();
    }

    @Test
    void reportSaysWhoHeldNoLock() {
        String report =
                report(
                        (locks, counter) -> {
                            try (var _ = locks.mutex.lock()) {
                                counter.add();
                            }
                        },
                        (_, counter) -> counter.add());
        assertThat(report).contains("\tholding mutex 1\n").contains("\tholding no lock\n");
        assertThat(report((_, counter) -> counter.add(), (_, counter) -> counter.add())).doesNotContain("holding");
    }

    @Test
    void eachVariableIsReportedOnce() {
        Exploration result =
                search().all()
                        .search(() -> {
                            var counter = new Counter();
                            var other = new Pair();
                            var group = new WaitGroup();
                            group.go(() -> {
                                counter.add();
                                other.first = 1;
                            });
                            group.go(() -> {
                                other.first = 2;
                                counter.add();
                            });
                            group.await();
                        });
        assertThat(result.faults())
                .extracting(fault -> fault.message().replaceFirst(":.*", ""))
                .containsExactlyInAnyOrder("data race on Counter.total", "data race on Pair.first");
    }

    private static final class Pair {
        int first;
    }

    /// Where races cannot be searched for, accesses to plain variables are scheduling points.
    @Test
    void searchFindsWhatARaceDoesInAnExecutor() {
        Exploration result =
                Explore.exhaustively()
                        .search(() -> {
                            var counter = new Counter();
                            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                                for (int i = 0; i < 2; i++) {
                                    var _ = executor.submit(counter::add);
                                }
                            }
                            assertThat(counter.total).isEqualTo(2);
                        });
        assertThat(result.faults()).singleElement().extracting(Fault::text).asString().contains("expected: 2");
        assertThat(result.notes())
                .contains(
                        "races were not searched for, because an object of class"
                                + " java.util.concurrent.ThreadPerTaskExecutor was used");
    }

    /// The run ends at the executor. A token without an expected result does not tell that the run should have had one.
    @Test
    void replayThatCannotSearchForRacesSaysSo() {
        Exploration result =
                Explore.schedules(1)
                        .replayed(
                                "g1r-",
                                () -> {
                                    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                                        var _ = executor.submit(() -> {});
                                    }
                                });
        assertThat(result.faults()).isEmpty();
        assertThat(result.notes()).anyMatch(note -> note.startsWith("races were not searched for, because "));
    }

    @Test
    void longScheduleIsExploredWithoutTheSearch() {
        Exploration result =
                Explore.schedules(1)
                        .search(() -> {
                            for (int i = 0; i < 400_000; i++) {
                                new Counter().add();
                            }
                        });
        assertThat(result.faults()).isEmpty();
        assertThat(result.notes()).contains("races were not searched for, because a schedule uses too many objects");
    }

    @Test
    void mutexOrders() {
        noRace(() -> {
            var counter = new Counter();
            var mutex = new Mutex();
            var group = new WaitGroup();
            for (int i = 0; i < 3; i++) {
                group.go(() -> {
                    try (var _ = mutex.lock()) {
                        counter.add();
                    }
                });
            }
            group.await();
            assertThat(counter.total).isEqualTo(3);
        });
    }

    @Test
    void monitorsOrder() {
        noRaceWithMonitors(() -> {
            var counter = new Counter();
            var group = new WaitGroup();
            for (int i = 0; i < 3; i++) {
                group.go(() -> {
                    synchronized (counter) {
                        counter.add();
                        counter.notifyAll();
                    }
                });
            }
            synchronized (counter) {
                while (counter.total < 3) {
                    counter.wait();
                }
            }
            group.await();
        });
    }

    @Test
    void volatileFieldOrders() {
        noRace(() -> {
            var counter = new Counter();
            go(() -> {
                counter.total = 1;
                counter.ready = true;
            });
            while (!counter.ready) {
                Thread.onSpinWait();
            }
            assertThat(counter.total).isEqualTo(1);
        });
    }

    @Test
    void conditionOrders() {
        noRace(() -> {
            var counter = new Counter();
            var lock = new ReentrantLock();
            Condition changed = lock.newCondition();
            go(() -> {
                lock.lock();
                try {
                    counter.total = 1;
                    changed.signal();
                } finally {
                    lock.unlock();
                }
            });
            lock.lock();
            try {
                while (counter.total == 0) {
                    changed.await();
                }
                counter.total = 2;
            } finally {
                lock.unlock();
            }
        });
    }

    @Test
    void atomicOrders() {
        noRace(() -> {
            var counter = new Counter();
            var ready = new AtomicInteger();
            go(() -> {
                counter.total = 1;
                ready.incrementAndGet();
            });
            while (ready.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(counter.total).isEqualTo(1);
        });
    }

    @Test
    void joinOrders() {
        noRaceWithMonitors(() -> {
            var counter = new Counter();
            Thread thread = Thread.ofVirtual().start(counter::add);
            thread.join();
            counter.add();
        });
    }

    @Test
    void endOfThreadOrdersNothing() {
        Exploration result =
                search().search(() -> {
                    var counter = new Counter();
                    Thread.ofVirtual().start(counter::add);
                    counter.add();
                });
        assertThat(result.faults().getFirst().message()).startsWith("data race on Counter.total: ");
    }

    @Test
    @SuppressWarnings("SharedCapture") // the race is the purpose
    void listIsOneVariable() {
        Exploration result =
                search().search(() -> {
                    List<Integer> list = new ArrayList<>();
                    Chan<Integer> done = Chan.make();
                    go(() -> {
                        list.add(1);
                        done.send(1);
                    });
                    list.add(2);
                    done.recv();
                    assertThat(list).hasSize(2);
                });
        assertThat(result.faults().getFirst().message()).startsWith("data race on ArrayList: write at ");
    }

    @Test
    void endlessLoopOnAPlainFieldIsReported() {
        Exploration result =
                search().search(() -> {
                    var counter = new Counter();
                    go(() -> counter.total = 1);
                    while (counter.total == 0) {}
                });
        assertThat(result.faults().getFirst().message()).startsWith("data race on Counter.total: ");
    }
}
