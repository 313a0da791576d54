package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `./gofer explore` finds a fault in each faulty program of the corpus, and in no correct one.
///
/// `-Dgofer.corpus.seeds=20 -Dgofer.corpus.schedules=10000` takes minutes.
final class CorpusSearchTest {
    private static final Path CORPUS = Path.of("../conformance/corpus");
    private static final int SEEDS = Integer.getInteger("gofer.corpus.seeds", 2);
    private static final long SCHEDULES = Long.getLong("gofer.corpus.schedules", 200);

    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;
    private static final InputStream IN = System.in;

    private static Capture capture;

    @BeforeAll
    static void begin() {
        capture = Capture.begin();
    }

    @AfterAll
    static void end() {
        System.setOut(OUT);
        System.setErr(ERR);
        System.setIn(IN);
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void faultIsFoundWithEachSeed(Path file) {
        LoadedProgram program = LoadedProgram.compile(file).withPoints();
        for (int seed = 1; seed <= SEEDS; seed++) {
            Exploration found = search(program, Explore.schedules(1000).seed(seed));
            assertThat(found.faults()).as("%s", found.summary()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FlagBeforeValue", "LostUpdate"})
    void raceIsFoundInTheFirstSchedule(String name) {
        LoadedProgram program = LoadedProgram.compile(CORPUS.resolve("order", name + ".java")).withPoints();
        Exploration found = search(program, Explore.schedules(1));
        assertThat(found.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .startsWith("data race on " + name + ".");
    }

    @ParameterizedTest
    @MethodSource("fine")
    void noFaultIsFoundInACorrectProgram(Path file) {
        Exploration found = search(LoadedProgram.compile(file).withPoints(), Explore.schedules(SCHEDULES));
        assertThat(found.faults()).as("%s", found.summary()).extracting(Fault::text).isEmpty();
        assertThat(found.outcomes().keySet()).containsExactly("ok\n");
    }

    @ParameterizedTest
    @MethodSource("fine")
    void noFaultIsFoundInACorrectProgramWithMorePoints(Path file) {
        Exploration found = search(LoadedProgram.compile(file).withPoints(), Explore.schedules(SCHEDULES).racy());
        assertThat(found.faults()).as("%s", found.summary()).extracting(Fault::text).isEmpty();
    }

    private static Exploration search(LoadedProgram program, Explore explore) {
        Body main = program.body(new String[0]);
        Body body = new Search(explore, false, program.file(), List.of()).body(program, main, capture);
        return explore.outcome(capture::text).search(body);
    }

    static Stream<Path> faulty() {
        return Stream.of("deadlock", "partial", "leak", "order").flatMap(CorpusSearchTest::programs);
    }

    static Stream<Path> fine() {
        return programs("fine");
    }

    private static Stream<Path> programs(String folder) {
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            return files.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
