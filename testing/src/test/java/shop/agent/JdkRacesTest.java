package shop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.ShopRuns.Work;

/// Explorations find races on objects of the JDK, whichever way the program uses them.
class JdkRacesTest {

    private static List<Race> all() {
        return Stream.of(SubclassRaces.all(), ObjectRaces.all(), ArgumentRaces.all()).flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void raceIsFound(Race race) {
        Exploration found = Explore.exhaustively().search(race.faulty());
        assertThat(found.faults()).as("%s", found.summary()).hasSize(1);
        assertThat(found.faults().getFirst().text()).containsAnyOf("expected ", "data race on ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatTheRaceDoesIsShown(Race race) {
        Exploration found = Explore.exhaustively().racy().search(race.faulty());
        assertThat(found.faults()).as("%s", found.summary()).hasSize(1);
        assertThat(found.faults().getFirst().text()).contains("expected ");
    }

    @Test
    void raceOnASubclassOfThreadIsFound() {
        raceIsFound(SubclassRaces.THREAD);
    }

    /// Each check is a scheduling point. Otherwise no other thread could ever stop the loop.
    @Test
    void loopThatChecksForInterruptEnds() {
        Exploration found =
                Explore.schedules(20)
                        .search(() -> {
                            Thread loop =
                                    Thread.startVirtualThread(() -> {
                                        while (!Thread.interrupted()) {
                                            // continues
                                        }
                                    });
                            loop.interrupt();
                            while (loop.isAlive()) {
                                // polls
                            }
                        });
        assertThat(found.faults()).extracting(Fault::text).isEmpty();
    }

    /// Two threads that only read need one schedule.
    @Test
    void readersAreIndependent() {
        Exploration found = Explore.exhaustively().search(JdkRacesTest::readers);
        assertThat(found.isComplete()).as("%s", found.summary()).isTrue();
        assertThat(found.schedules()).isLessThan(5);
    }

    private static void readers() throws InterruptedException {
        List<Integer> list = new ArrayList<>(List.of(1, 2));
        int[] array = {1, 2};
        Pair.twice(
                Work::run,
                () -> {
                    var copy = new ArrayList<>(list);
                    Pair.same(List.of(1, 2).hashCode(), copy.hashCode());
                    Pair.same(2, Arrays.copyOf(array, 2).length);
                    Pair.same("[1, 2]", "" + list);
                    for (int n : list) Pair.same(true, n > 0);
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void correctedVariantPasses(Race race) {
        Exploration found = Explore.exhaustively().search(race.correct());
        assertThat(found.faults()).extracting(Fault::text).isEmpty();
        assertThat(found.notes()).allMatch(note -> note.startsWith("races were not searched for, because "));
        assertThat(found.isComplete()).as("%s", found.summary()).isTrue();
    }
}
