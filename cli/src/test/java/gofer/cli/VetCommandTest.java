package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.Clone.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tests of `./gofer vet`, and of the warnings of `./gofer run`.
@Timeout(300)
final class VetCommandTest {
    private static final String DOUBLE_LOCK = "conformance/corpus/deadlock/DoubleLock.java";
    private static final String LEFT_OPEN = "conformance/corpus/leak/ContextLeftOpen.java";

    @TempDir private static Path folder;

    private static Clone clone;

    @BeforeAll
    @Timeout(600) // it may build the launcher
    static void build() throws Exception {
        clone = new Clone(Path.of("..").toRealPath());
        assertThat(clone.gofer("version").status()).isZero();
    }

    private static String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void findingsArePrintedWithAHintAndStatus1() throws Exception {
        Outcome outcome = clone.gofer("vet", DOUBLE_LOCK, LEFT_OPEN);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith(DOUBLE_LOCK + ":18:9: error: [LockTwice] `add` locks `mu`")
                .contains(
                        "\n" + LEFT_OPEN + ":13:15: error: [LostCancel] `ctx` is never cancelled",
                        "\n    Derive it in");
    }

    @Test
    void cleanFilesPrintNothing() throws Exception {
        Outcome clean = new Outcome(0, "", "");
        assertThat(clone.gofer("vet", "examples/Hello.java", "examples/WorkerPool.java")).isEqualTo(clean);
        assertThat(clone.gofer("vet", "--only=LostCancel", DOUBLE_LOCK)).isEqualTo(clean);
        assertThat(clone.gofer("vet", "--json", "examples/Hello.java")).isEqualTo(new Outcome(0, "[]\n", ""));
    }

    @Test
    void jsonHasTheSameFindings() throws Exception {
        Outcome outcome = clone.gofer("vet", "--json", "--only", "LostCancel,LockTwice", LEFT_OPEN);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out())
                .startsWith(
                        "[\n {\"file\": \"" + LEFT_OPEN + "\", \"line\": 13, \"column\": 15, \"check\": \"LostCancel\"")
                .contains("\"severity\": \"error\", \"message\": \"`ctx` is", "\"hint\": \"")
                .endsWith("\"}\n]\n");
    }

    @Test
    void checksCanBeAdded() throws Exception {
        String file =
                write(
                        "Dropped.java",
                        """
                        import module gofer;
                        void main() {}
                        int next(Context ctx, Chan<Integer> in) { return in.recv(); }
                        """);
        assertThat(clone.gofer("vet", file).status()).isZero();
        assertThat(clone.gofer("vet", "--with=CtxDropped", file).out()).contains(":3:50: warning: [CtxDropped]");
    }

    @Test
    void listPrintsAllChecks() throws Exception {
        Outcome outcome = clone.gofer("vet", "--list");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out().lines()).hasSize(17).anyMatch(line -> line.startsWith("LostCancel           error "));
    }

    @Test
    void misuseExitsWithStatus2() throws Exception {
        assertThat(clone.gofer("vet"))
                .isEqualTo(new Outcome(2, "", "gofer: vet needs a file: gofer vet FILE.java...\n"));
        assertThat(clone.gofer("vet", "--fast", DOUBLE_LOCK).status()).isEqualTo(2);
        assertThat(clone.gofer("vet", "--only=Lost", DOUBLE_LOCK).err()).contains("there is no check 'Lost'", "--list");
        assertThat(clone.gofer("vet", "Missing.java").status()).isEqualTo(2);
    }

    @Test
    void fileThatDoesNotCompileIsReported() throws Exception {
        Outcome outcome = clone.gofer("vet", write("Broken.java", "void main() { int i = \"\"; }"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("Broken.java:1: error: incompatible types");
    }

    @Test
    void runPrintsErrorsAsWarningsAndRuns() throws Exception {
        String file =
                write(
                        "Warned.java",
                        """
                        import module gofer;
                        void main() {
                            var mu = new Mutex();
                            try (var _ = mu.lock()) {
                                IO.println("ran");
                            }
                            var tried = new RWMutex();
                            tried.tryLock();
                        }
                        """);
        assertThat(clone.gofer("run", file))
                .isEqualTo(
                        new Outcome(
                                0,
                                "ran\n",
                                file
                                        + ":3:5: warning: [LockGuardsNothing] `mu` is new in each call,"
                                        + " so no other goroutine can hold it\n"));
    }
}
