package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/decisions/README.md lists every decision with its title, date and status.
final class DecisionsTest {
    @TempDir Path folder;

    @Test
    void indexListsEveryDecision() throws IOException {
        assertThat(Decisions.faults(Library.ROOT.resolve("docs/decisions"))).isEmpty();
    }

    @Test
    void correctRecordHasNoFault() throws IOException {
        record(1, "accepted, amended by [2](0002-x.md)");
        record(2, "accepted. Amends [1](0001-x.md): more");
        index(
                "| [1](0001-x.md) | Title 1 | 2026-01-01 | accepted, amended by [2](0002-x.md) |",
                "| [2](0002-x.md) | Title 2 | 2026-01-01 | accepted |");
        assertThat(Decisions.faults(folder)).isEmpty();
    }

    @Test
    void rowMustMatchTheRecord() throws IOException {
        record(1, "accepted");
        index("| [1](0001-x.md) | Another title | 2026-01-01 | accepted |");
        assertThat(Decisions.faults(folder))
                .containsExactly(
                        "the index lacks: | [1](0001-x.md) | Title 1 | 2026-01-01 | accepted |",
                        "no record matches: | [1](0001-x.md) | Another title | 2026-01-01 | accepted |");
    }

    @Test
    void supersessionMustBeInBothRecords() throws IOException {
        record(1, "accepted");
        record(2, "accepted. Amends [1](0001-x.md): more");
        index(
                "| [1](0001-x.md) | Title 1 | 2026-01-01 | accepted |",
                "| [2](0002-x.md) | Title 2 | 2026-01-01 | accepted |");
        assertThat(Decisions.faults(folder)).containsExactly("only 2 states that 2 replaces or amends 1");
        record(1, "superseded by [2](0002-x.md)");
        record(2, "accepted");
        index(
                "| [1](0001-x.md) | Title 1 | 2026-01-01 | superseded by [2](0002-x.md) |",
                "| [2](0002-x.md) | Title 2 | 2026-01-01 | accepted |");
        assertThat(Decisions.faults(folder)).containsExactly("only 1 states that 2 replaces or amends 1");
    }

    @Test
    void recordNeedsANumberADateAndAStatus() throws IOException {
        Files.writeString(folder.resolve("0001-x.md"), "# 1. Title\n\n**Context.** None.\n");
        index();
        assertThat(Decisions.faults(folder))
                .containsExactly("0001-x.md: does not begin with '# NUMBER. TITLE' and 'Date: DATE. Status: STATUS.'");
    }

    private void record(int number, String status) throws IOException {
        String text = "# %1$d. Title %1$d\n\nDate: 2026-01-01. Status: %2$s.\n\nText.\n".formatted(number, status);
        Files.writeString(folder.resolve("000" + number + "-x.md"), text);
    }

    private void index(String... rows) throws IOException {
        Files.writeString(folder.resolve("README.md"), "# Decisions\n\n" + String.join("\n", rows) + "\n");
    }
}
