package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.Clone.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
        assertThat(outcome.out().lines()).hasSize(18).anyMatch(line -> line.startsWith("LostCancel           error "));
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
    void filesThatCompileAreCheckedBesideOneThatDoesNot() throws Exception {
        String broken = write("Wrong.java", "void main() { int i = \"\"; }");
        Outcome text = clone.gofer("vet", broken, DOUBLE_LOCK);
        assertThat(text.status()).isEqualTo(1);
        assertThat(text.out()).contains("[LockTwice]");
        assertThat(text.err()).contains("Wrong.java:1: error: incompatible types");
        assertThat(clone.gofer("vet", "--json", broken)).isEqualTo(new Outcome(1, "[]\n", text.err()));
    }

    @Test
    void optionsAddUpInAnyOrder() throws Exception {
        String file =
                write(
                        "Both.java",
                        """
                        import module gofer;
                        void main() {
                        \tvar mu = new Mutex();
                        \ttry (var _ = mu.lock()) {}
                        }
                        int next(Context ctx, Chan<Integer> in) { return in.recv(); }
                        """);
        String both = clone.gofer("vet", "--only=CtxDropped,LockGuardsNothing", file).out();
        assertThat(both).contains(":3:2: error: [LockGuardsNothing]", "[CtxDropped]");
        assertThat(clone.gofer("vet", "--only=CtxDropped", "--only=LockGuardsNothing", file).out()).isEqualTo(both);
        assertThat(clone.gofer("vet", "--with=CtxDropped", "--only=LockGuardsNothing", file).out()).isEqualTo(both);
        assertThat(clone.gofer("vet", "--only=CtxDropped , LockGuardsNothing", file, file).out()).isEqualTo(both);
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        assertThat(refusal("--json=1", DOUBLE_LOCK)).isEqualTo("--json has no value");
        assertThat(refusal("--list=3")).isEqualTo("--list has no value");
        assertThat(refusal("--list", DOUBLE_LOCK)).isEqualTo("vet --list prints all checks, and reads no file");
        assertThat(refusal(DOUBLE_LOCK, "--json"))
                .isEqualTo("option --json must come before the files: gofer vet --json FILE.java...");
        assertThat(refusal("--only=", DOUBLE_LOCK)).isEqualTo("--only needs names of checks");
        assertThat(refusal("--only=LostCancel,", "LockLeak", DOUBLE_LOCK)).contains("with a comma, without a space");
    }

    private static String refusal(String... words) throws Exception {
        Outcome outcome = clone.gofer(Stream.concat(Stream.of("vet"), Stream.of(words)).toArray(String[]::new));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("gofer: ").endsWith("\n").hasLineCount(1);
        return outcome.err().strip().substring("gofer: ".length());
    }

    /// The JVM cannot encode the name of the second file, and reads it as other characters.
    @Test
    void fileNamesThatTheLocaleCannotEncodeAreSkippedOrRefused() throws Exception {
        String place = "'" + Files.createDirectories(folder.resolve("locale")) + "'";
        String files =
                "cd "
                        + place
                        + " && printf 'class Helper { static String TEXT = \"ran\"; }' >Helper.java"
                        + " && printf 'void main() { IO.println(Helper.TEXT); }' >Plain.java"
                        + " && printf 'class A {}' >\"$(printf 'n\\303\\244me.java')\" && cd - >/dev/null";
        assertThat(clone.shell(files)).isEqualTo(new Outcome(0, "", ""));
        String gofer = "cd " + place + " && LC_ALL=C exec '" + clone.root().resolve("gofer") + "' ";
        assertThat(clone.shell(gofer + "vet Plain.java")).isEqualTo(new Outcome(0, "", ""));
        assertThat(clone.shell(gofer + "run Plain.java")).isEqualTo(new Outcome(0, "ran\n", ""));
        Outcome named = clone.shell(gofer + "vet n*me.java");
        assertThat(named.status()).isEqualTo(2);
        assertThat(named.err()).startsWith("gofer: the locale has no encoding for the file name").hasLineCount(1);
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
