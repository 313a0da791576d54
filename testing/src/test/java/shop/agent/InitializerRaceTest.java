package shop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Explorations find the race of an access that runs the initializer of a class. It runs in the first schedule only.
@SuppressWarnings({"NonFinalStaticField", "UnusedVariable"}) // the programs need these
class InitializerRaceTest {

    private static final class Written {
        static final List<String> NAMES = List.of("a");
        static int total;
    }

    private static final class Read {
        static final List<String> NAMES = List.of("a");
        static int total;
    }

    private static class Parent {
        static final List<String> NAMES = List.of("a");
        static int total;
    }

    private static final class Child extends Parent {
        static {
            INITIALIZED.incrementAndGet();
        }
    }

    private static final class Broken {
        static int total = Integer.parseInt("none");
    }

    private static final AtomicInteger INITIALIZED = new AtomicInteger();

    private static Exploration together(Body one, Body other) {
        return Explore.schedules(1)
                .search(() -> {
                    var group = new WaitGroup();
                    group.go(one);
                    group.go(other);
                    group.await();
                });
    }

    private static void race(String variable, Exploration found) {
        assertThat(found.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .startsWith("data race on " + variable + ": ");
    }

    @Test
    void writeThatRunsTheInitializer() {
        Body write = () -> Written.total = 1;
        race("Written.total", together(write, write));
    }

    @Test
    void readThatRunsTheInitializer() {
        race("Read.total", together(() -> assertThat(Read.total).isZero(), () -> Read.total = 1));
    }

    @Test
    void accessThroughASubclassRunsOnlyTheInitializerOfItsParent() {
        Body write = () -> Child.total = 1;
        race("Parent.total", together(write, write));
        assertThat(INITIALIZED).hasValue(0);
    }

    @Test
    void initializerThatFailsThrowsWhatTheAccessThrows() {
        var thrown = new AtomicInteger();
        Exploration found =
                together(
                        () -> {
                            try {
                                Broken.total++;
                            } catch (ExceptionInInitializerError error) {
                                assertThat(error).hasCauseInstanceOf(NumberFormatException.class);
                                thrown.incrementAndGet();
                            }
                        },
                        () -> {
                            try {
                                Broken.total++;
                            } catch (NoClassDefFoundError error) {
                                thrown.incrementAndGet();
                            }
                        });
        assertThat(found.faults()).isEmpty();
        assertThat(thrown).hasValue(2);
    }
}
