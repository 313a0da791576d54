package gofer.conformance.bubble;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Checks that the table of `docs/testing.md` about objects made outside and inside has a row for each type. The classes
/// `Outside...Test` and [BelongingTest] test its cells.
class OwnersTableTest {

    /// Values, exceptions and functions, which belong to no bubble.
    private static final Set<String> NOBODYS =
            Set.of(
                    "Body",
                    "Carrier",
                    "Carrier.Snapshot",
                    "ChanClosedException",
                    "CanceledException",
                    "Closed",
                    "ContextException",
                    "DeadlineExceededException",
                    "Default",
                    "Empty",
                    "Failure",
                    "FatalError",
                    "Fifth",
                    "First",
                    "Fourth",
                    "Goexit",
                    "Goroutine.State",
                    "InterruptException",
                    "Mapper",
                    "NamedChan",
                    "Overflow",
                    "Outcome",
                    "Polled",
                    "Producer",
                    "Race",
                    "Race.Report",
                    "Received",
                    "Scheduler",
                    "Second",
                    "Signal",
                    "SignalException",
                    "Selected",
                    "Sent",
                    "SingleFlight.Result",
                    "Sixth",
                    "Stuck",
                    "Success",
                    "Task",
                    "Third",
                    "Trace",
                    "Trace.Body",
                    "Trace.Call",
                    "Trace.Task",
                    "Value",
                    "WaitReason");

    private static final Pattern TYPE = Pattern.compile("`([A-Z][\\w.]*)`");

    @Test
    @Pins({"ST-04", "ST-10"})
    void everyExportedTypeHasARow() throws IOException {
        assertThat(surface()).containsAll(NOBODYS).hasSizeGreaterThan(NOBODYS.size());
        var rows = new TreeSet<>(surface());
        rows.removeAll(NOBODYS);
        assertThat(table()).isEqualTo(rows);
    }

    private static Set<String> surface() throws IOException {
        return Files.readAllLines(Path.of("../api/gofer.txt")).stream()
                .map(line -> line.substring(0, line.indexOf(':')))
                .map(type -> type.replaceFirst("^[a-z.]*\\.", ""))
                .map(type -> type.startsWith("Selected.") ? "Selected" : type)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> table() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/testing.md"));
        int from = lines.indexOf("## Objects made outside the test");
        assertThat(from).isPositive();
        return lines.subList(from, lines.size()).stream()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(OwnersTableTest::types)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> types(String cell) {
        return TYPE.matcher(cell).results().map(type -> type.group(1));
    }
}
