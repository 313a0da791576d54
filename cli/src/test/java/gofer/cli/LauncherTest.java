package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import gofer.cli.Clone.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tests of the script `gofer` in a fresh clone, as a new user runs it.
@Timeout(600) // it may build the launcher
final class LauncherTest {
    private static final String LIBRARY = "core/src/main/java/gofer/Go.java";
    private static final String COMPILING = "building gofer (once): compiling ...\n";
    private static final String TRAINING = "building gofer (once): training the JVM, so that programs start fast ...\n";

    @TempDir private static Path folder;

    private static Clone clone;
    private static Outcome broken;
    private static List<Outcome> atTheSameTime;

    /// Builds once, because it is slow: a build that fails, then two launchers that start at the same time, without Maven.
    @BeforeAll
    @Timeout(600) // it may build the launcher
    static void build() throws Exception {
        clone = Clone.into(folder);
        clone.write("Ok.java", "import module gofer; void main() { IO.println(Go.numGoroutine()); }");
        String good = Files.readString(clone.root().resolve(LIBRARY));
        clone.write(LIBRARY, good + "oops");
        broken = clone.gofer("run", "Ok.java");
        clone.write(LIBRARY, good);
        Files.createSymbolicLink(
                clone.root().resolve("cli/target/run/lock"),
                Path.of("999999999")); // of a process that was killed long ago
        var one = clone.startWithoutMaven("run", "Ok.java");
        var other = clone.startWithoutMaven("run", "Ok.java");
        atTheSameTime = List.of(one.outcome(""), other.outcome(""));
    }

    @Test
    void failedBuildReportsTheErrorAndExitsWithStatus2() {
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).startsWith(COMPILING + LIBRARY).endsWith("gofer: the build failed\n");
    }

    @Test
    void concurrentLaunchersBuildOnceAndBothRun() {
        assertThat(atTheSameTime).extracting(Outcome::status, Outcome::out).containsOnly(tuple(0, "1\n"));
        assertThat(atTheSameTime).extracting(Outcome::err).containsOnlyOnce(COMPILING + TRAINING);
        assertThat(atTheSameTime)
                .extracting(Outcome::err)
                .anyMatch(err -> err.matches("(waiting for process \\d+, .*\n)?"));
    }

    @Test
    void buildLeavesOnlyTheFilesThatAreRun() {
        assertThat(clone.root().resolve("core/target")).doesNotExist();
        assertThat(clone.root().resolve("cli/target/run/new")).doesNotExist();
        assertThat(clone.root().resolve("cli/target/run/gofer.aot")).isNotEmptyFile();
        assertThat(clone.root().resolve("cli/target/run/aot.log")).content().startsWith("trained: 800000\n");
        assertThat(clone.root().resolve("cli/target/run/lock")).doesNotExist();
    }

    @Test
    void argumentsStreamsAndStatusPassThrough() throws Exception {
        clone.write(
                "Echo.java",
                """
                void main(String[] args) {
                    IO.println(List.of(args) + " " + IO.readln());
                    System.err.println("to stderr");
                    System.exit(7);
                }
                """);
        Outcome outcome = clone.start("run", "Echo.java", "two words", "", "*", "--help").outcome("from stdin\n");
        assertThat(outcome).isEqualTo(new Outcome(7, "[two words, , *, --help] from stdin\n", "to stderr\n"));
    }

    @Test
    void closedStandardStreamIsEmpty() throws Exception {
        clone.write(
                "Closed.java",
                """
                void main() throws Exception {
                    System.out.print(System.in.read());
                    System.err.print("to stderr");
                }
                """);
        String run = "./gofer run Closed.java ";
        assertThat(clone.shell(run + "<&-")).isEqualTo(new Outcome(0, "-1", "to stderr"));
        assertThat(clone.shell(run + "</dev/null >&-")).isEqualTo(new Outcome(0, "", "to stderr"));
        assertThat(clone.shell(run + "</dev/null 2>&-")).isEqualTo(new Outcome(0, "-1", ""));
    }

    @Test
    void worksFromAnyFolderThroughSymbolicLinks() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../a clone/gofer"));
        Path linkToLink = Files.createSymbolicLink(elsewhere.resolve("go"), link);
        Files.writeString(
                elsewhere.resolve("My File.java"), "class Any { static void main() { IO.println(\"ok\"); } }");
        var outcome = Clone.start(elsewhere, Map.of(), linkToLink, "run", "My File.java").outcome("");
        assertThat(outcome).isEqualTo(new Outcome(0, "ok\n", ""));
    }

    @Test
    void worksInAFolderWhoseNameTheLocaleCannotEncode() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("odd"));
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'b\\377d')\"").directory(odd.toFile()).start().waitFor();
        assertThat(odd).isNotEmptyDirectory();
        var ok = clone.root().resolve("Ok.java").toString();
        var outcome = Clone.start(odd, Map.of("LC_ALL", "C"), clone.root().resolve("gofer"), "run", ok).outcome("");
        assertThat(outcome).isEqualTo(new Outcome(0, "1\n", ""));
    }

    @Test
    void signalReachesTheProgram() throws Exception {
        clone.write("Endless.java", "void main() throws Exception { IO.println(1); Thread.currentThread().join(); }");
        var running = clone.start("run", "Endless.java");
        assertThat(running.process().inputReader().readLine()).isEqualTo("1");
        running.process().toHandle().destroy(); // closes no stream, unlike Process.destroy
        assertThat(running.outcome("").status()).isEqualTo(128 + 15);
    }

    @Test
    void panicExitsWithStatus2() throws Exception {
        clone.write("Panic.java", "void main() { throw new IllegalStateException(\"no luck\"); }");
        Outcome outcome = clone.gofer("run", "Panic.java");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("no luck", "Panic.main(Panic.java:1)").doesNotContain("java.base/");
    }

    @Test
    void compileErrorNamesFileAndLineAndExitsWithStatus1() throws Exception {
        clone.write("Bad.java", "void main() {\n    int x = \"\";\n}\n");
        Outcome outcome = clone.gofer("run", "Bad.java");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("Bad.java:2: error: incompatible types").contains("int x = \"\";");
    }

    @Test
    void usageErrorIsReportedWithStatus2() throws Exception {
        assertThat(clone.gofer("frobnicate"))
                .isEqualTo(new Outcome(2, "", "gofer: unknown command 'frobnicate'; see gofer --help\n"));
        assertThat(clone.gofer("run", "No.java")).isEqualTo(new Outcome(2, "", "gofer: there is no file No.java\n"));
        assertThat(clone.gofer("run").status()).isEqualTo(2);
        clone.write("Notes.md", "not a program");
        for (String name : List.of("Notes.md", "", ".")) {
            assertThat(clone.gofer("run", name))
                    .isEqualTo(new Outcome(2, "", "gofer: '" + name + "' is not a Java source file, FILE.java\n"));
        }
        assertThat(clone.gofer()).isEqualTo(new Outcome(2, "", "gofer: missing command; see gofer --help\n"));
    }

    @Test
    void helpAndVersionGoToStdout() throws Exception {
        assertThat(clone.gofer("--help"))
                .matches(o -> o.status() == 0 && o.out().contains("gofer run [--procs N] [--race] FILE.java"));
        assertThat(clone.gofer("bench", "--help"))
                .matches(o -> o.status() == 0 && o.out().startsWith("usage: gofer bench [--quick]"));
        assertThat(clone.gofer("version").out())
                .matches("gofer \\S+, Java \\S+ \\(.*\\), gomaxprocs \\d+\nGofer's scheduler .*\n");
    }

    @Test
    void procsOptionSetsGomaxprocs() throws Exception {
        clone.write(
                "Procs.java",
                """
                import module gofer;
                import static gofer.Go.*;
                void main(String[] args) { IO.println(gomaxprocs(0) + " " + scheduler().name() + " " + args.length); }
                """);
        assertThat(clone.gofer("run", "--procs", "1", "Procs.java", "a")).isEqualTo(new Outcome(0, "1 GOFER 1\n", ""));
        for (String bad : List.of("0", "many", "1025")) {
            assertThat(clone.gofer("run", "--procs", bad, "Procs.java"))
                    .isEqualTo(new Outcome(2, "", "gofer: --procs needs a number from 1 to 1024, not '" + bad + "'\n"));
        }
        assertThat(clone.gofer("run", "--procs").err()).isEqualTo("gofer: --procs needs a number\n");
    }

    @Test
    void libraryJarIsAnAgent() throws Exception {
        Path jar = clone.root().resolve("cli/target/run/gofer.jar");
        clone.write(
                "Which.java",
                """
                import gofer.Go;
                void main() throws InterruptedException {
                    Go.go(() -> IO.println(Go.scheduler().name())).thread().join();
                }
                """);
        assertThat(java("-cp", jar.toString(), "Which.java")).isEqualTo("JDK\n");
        assertThat(java("-javaagent:" + jar, "-cp", jar.toString(), "Which.java")).isEqualTo("GOFER\n");
        assertThat(java("-javaagent:" + jar, "-p", jar.toString(), "--add-modules", "gofer", "Which.java"))
                .isEqualTo("GOFER\n");
    }

    /// Compiles an ordinary class, which does not import `java.base` implicitly.
    @Test
    void oneImportCoversParameterAndReturnTypes() throws Exception {
        Path jar = clone.root().resolve("cli/target/run/gofer.jar");
        clone.write(
                "Ordinary.java",
                """
                import module gofer;
                class Ordinary {
                    public static void main(String[] args) {
                        Chan<List<Duration>> times = Chan.make(1);
                        times.send(List.of(Duration.ofHours(1)));
                        System.out.println(times.recv());
                    }
                }
                """);
        assertThat(java("-p", jar.toString(), "--add-modules", "gofer", "Ordinary.java")).isEqualTo("[PT1H]\n");
    }

    @Test
    void testLibraryIsAnAgentForVirtualTime() throws Exception {
        Path jars = clone.root().resolve("cli/target/run");
        Path agent = jars.resolve("gofer-testing.jar");
        String path = jars.resolve("gofer.jar") + File.pathSeparator + agent;
        clone.write(
                "Day.java",
                """
                import gofer.testing.Bubble;
                import java.time.Instant;
                void main() throws Exception {
                    Bubble.run(() -> {
                        Thread.sleep(86_400_000);
                        IO.println(Instant.now());
                    });
                }
                """);
        String nextDay = "2000-01-02T00:00:00Z\n";
        assertThat(java("-javaagent:" + agent, "-cp", path, "Day.java")).isEqualTo(nextDay);
        assertThat(java("-javaagent:" + agent, "-p", path, "--add-modules", "gofer.testing", "Day.java"))
                .isEqualTo(nextDay);
    }

    private String java(String... args) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Outcome outcome = Clone.start(clone.root(), Map.of(), java, args).outcome("");
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }

    @Test
    void unusableCacheIsNotReported() throws Exception {
        Path cache = clone.root().resolve("cli/target/run/gofer.aot");
        byte[] good = Files.readAllBytes(cache);
        Files.write(cache, Arrays.copyOf(good, 10_000));
        assertThat(clone.gofer("run", "Ok.java")).isEqualTo(new Outcome(0, "1\n", ""));
        Files.delete(cache);
        assertThat(clone.gofer("run", "Ok.java")).isEqualTo(new Outcome(0, "1\n", ""));
        Files.write(cache, good);
    }

    /// Puts a file in place of a folder, so that even root cannot create the folder.
    @Test
    void unwritableCloneIsReportedWithStatus2() throws Exception {
        Clone readOnly = Clone.into(folder.resolve("read only"));
        readOnly.write("cli/target", "");
        Outcome outcome = readOnly.gofer("version");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("gofer: cannot write the build output in ")
                .contains("cli/target/run")
                .hasLineCount(1);
    }

    /// Simulates a full disk by a limit for file sizes. With the first limit a jar does not fit, with the second the cache.
    @Test
    void fullDiskIsReportedAndAMissingCacheIsNoError() throws Exception {
        Clone full = Clone.into(folder.resolve("full"));
        Outcome noJar = full.limited(200);
        assertThat(noJar.status()).isEqualTo(2);
        assertThat(noJar.err())
                .startsWith(COMPILING + "gofer: cannot write the build output in ")
                .endsWith(": no space left on the disk\n");

        Outcome noCache = full.limited(10_000);
        assertThat(noCache.status()).isZero();
        assertThat(noCache.err()).startsWith(COMPILING + TRAINING + "gofer: ").contains("start slower").hasLineCount(3);

        full.write(LIBRARY, "oops");
        assertThat(full.gofer("version").err()).startsWith(COMPILING + LIBRARY); // noticed
    }

    @Test
    void missingJdk25IsReportedInOneLine() throws Exception {
        String script = Files.readString(clone.root().resolve("gofer"));
        Path lost = clone.root().resolve("lost");
        Files.copy(clone.root().resolve("gofer"), lost);
        Files.writeString(lost, script.replaceAll("(/usr/[a-z/]+|/opt|/Library)/", "/nowhere/"));
        Path old = Files.createDirectories(folder.resolve("old jdk/bin"));
        Files.copy(clone.root().resolve("gofer"), old.resolve("javac")); // anything executable
        Files.writeString(folder.resolve("old jdk/release"), "JAVA_VERSION=\"24.0.2\"\n");
        var nothing = Map.of("PATH", clone.bareTools() + "", "HOME", "/nowhere", "JAVA_HOME", folder + "/old jdk");
        Outcome outcome = Clone.start(clone.root(), nothing, lost, "run", "Ok.java").outcome("");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("gofer: no JDK 25").contains("please install").hasLineCount(1);
    }
}
