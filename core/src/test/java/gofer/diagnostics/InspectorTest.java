package gofer.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.runtime.Contention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {

    private static final String FOR_A_DAY = "profile\nblock\nPT24H\ntext";

    @TempDir private Path folder;

    @AfterEach
    void off() {
        Profile.setBlockRate(Duration.ZERO);
    }

    private void untilItsFileIsGone(Crew crew, String name) throws Exception {
        Path file = Files.createFile(folder.resolve(name));
        crew.go(() -> Inspector.answer(file, FOR_A_DAY));
    }

    @Test
    void whoStopsWaitingForAProfileEndsIt() throws Exception {
        try (var crew = new Crew()) {
            untilItsFileIsGone(crew, "answer");
            Eventually.that("waits are noted", () -> Contention.BLOCK.rate() != 0);
            Files.delete(folder.resolve("answer"));
        }
        assertThat(Contention.BLOCK.rate()).isZero();
    }

    @Test
    void twoMayAskForAProfileAtTheSameTime() throws Exception {
        Path file = Files.createFile(folder.resolve("short"));
        try (var crew = new Crew()) {
            untilItsFileIsGone(crew, "long");
            Eventually.that("waits are noted", () -> Contention.BLOCK.rate() != 0);
            String both = new String(Inspector.answer(file, "profile\nblock\nPT0.01S\ntext"), UTF_8);
            assertThat(both).startsWith("block profile: total ");
            assertThat(Contention.BLOCK.rate()).isNotZero();
            Files.delete(folder.resolve("long"));
        }
        assertThat(Contention.BLOCK.rate()).isZero();
    }

    @Test
    void aRateThatTheProgramHasSetStays() throws Exception {
        Profile.setBlockRate(Duration.ofMillis(1));
        Path file = Files.createFile(folder.resolve("answer"));
        Inspector.answer(file, "profile\nblock\nPT0.001S\ntext");
        assertThat(Contention.BLOCK.rate()).isEqualTo(1_000_000);
    }
}
