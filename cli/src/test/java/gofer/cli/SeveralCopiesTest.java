package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.Clone.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tests of a process in which several class loaders have their own copy of Gofer, as in web applications. One copy does not
/// work.
final class SeveralCopiesTest {
    private static final String PROGRAM =
            """
            import java.lang.reflect.Proxy;
            import java.net.*;

            class Shop extends URLClassLoader {
                Shop(String name, URL jar) { super(name, new URL[] {jar}, null); }
                public Class<?> loadClass(String name) throws ClassNotFoundException {
                    if (getName().equals("closed") && name.contains("Inspector")) throw new ClassNotFoundException("gone");
                    return super.loadClass(name);
                }
                public String toString() { return "Shop\\n  context: /" + getName() + "\\n  more\\n"; }
            }

            void main(String[] args) throws Exception {
                for (String name : List.of("toys", "books", "closed")) {
                    if (args[1].contains(name)) open(new Shop(name, Path.of(args[0]).toUri().toURL()));
                }
                IO.println("ready");
                IO.readln();
            }

            void open(Shop shop) throws Exception {
                Object chan = shop.loadClass("gofer.chan.Chan").getMethod("make").invoke(null);
                Class<?> body = shop.loadClass("gofer.goroutine.Body");
                Object waiter = Proxy.newProxyInstance(shop, new Class<?>[] {body},
                    (proxy, method, _) -> method.getName().equals("run")
                        ? shop.loadClass("gofer.chan.RecvChan").getMethod("recv").invoke(chan)
                        : proxy);
                shop.loadClass("gofer.Go").getMethod("go", String.class, body).invoke(null, shop.getName(), waiter);
            }
            """;

    @TempDir private static Path folder;

    private static Clone clone;
    private static Clone.Running two;
    private static Clone.Running three;

    @BeforeAll
    @Timeout(600) // it may build the launcher
    static void start() throws Exception {
        clone = Clone.inPlace();
        two = start("toys,books");
        three = start("toys,books,closed");
    }

    @AfterAll
    static void end() throws Exception {
        for (var program : new Clone.Running[] {two, three}) assertThat(program.outcome("\n").status()).isZero();
    }

    private static Clone.Running start(String names) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String source = Files.writeString(folder.resolve("Shops.java"), PROGRAM).toString();
        String jar = clone.root().resolve("cli/target/run/gofer.jar").toString();
        var running = Clone.start(clone.root(), Map.of(), java, "-XX:+EnableDynamicAgentLoading", source, jar, names);
        assertThat(running.process().inputReader().readLine()).isEqualTo("ready");
        return running;
    }

    private static String pid(Clone.Running program) {
        return String.valueOf(program.process().pid());
    }

    @Test
    void eachDumpIsShownBelowTheNameOfItsLoader() throws Exception {
        Outcome dump = clone.gofer("dump", pid(two));
        assertThat(dump.err()).isEmpty();
        assertThat(dump.out())
                .matches(
                        "(?s)=== Shop, context: /books @\\p{XDigit}+ ===\ngoroutine 2 \"books\" \\[chan receive.*\n"
                                + "=== Shop, context: /toys @\\p{XDigit}+ ===\ngoroutine 2 \"toys\" \\[chan receive.*");
        assertThat(clone.gofer("profile", "goroutine", pid(two)).out()).containsOnlyOnce("/toys").contains("/books");
    }

    @Test
    void loaderOptionSelectsOne() throws Exception {
        Outcome dump = clone.gofer("dump", "--loader", "/toys", pid(two));
        assertThat(dump.out()).startsWith("goroutine 2 \"toys\" [chan receive").doesNotContain("books");
        assertThat(clone.gofer("dump", "--loader", "/zoo", pid(two)))
                .matches(outcome -> outcome.status() == 2 && outcome.out().isEmpty())
                .extracting(Outcome::err)
                .asString()
                .startsWith(
                        "gofer: process "
                                + pid(two)
                                + " does not have exactly one copy of Gofer with '/zoo' in its name; it has:\n")
                .contains("context: /books", "context: /toys");
    }

    @Test
    void profileFileIsOfOneCopy() throws Exception {
        Path file = folder.resolve("profile.pb.gz");
        Outcome ambiguous = clone.gofer("profile", "block", pid(two), "-o", file.toString());
        assertThat(ambiguous.err())
                .startsWith(
                        "gofer: process "
                                + pid(two)
                                + " has several copies of Gofer; select one with --loader and a part of its")
                .contains("context: /books", "context: /toys");
        assertThat(ambiguous.status()).isEqualTo(2);
        assertThat(file).doesNotExist();
        String[] selected = {"profile", "goroutine", pid(two), "--loader", "books", "-o", file.toString()};
        assertThat(clone.gofer(selected)).isEqualTo(new Outcome(0, "", ""));
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void jsonObjectHoldsTheDumpOfEach() throws Exception {
        Outcome json = clone.gofer("dump", "--json", pid(three));
        assertThat(json.status()).isEqualTo(2);
        assertThat(json.out())
                .startsWith("{\"copies\": [\n{\"loader\": \"Shop, context: /books @")
                .contains(
                        "\", \"dump\": {\"goroutines\": 1, ",
                        "\", \"error\": \"java.lang.ClassNotFoundException: gone\"}")
                .endsWith("]}}\n]}\n");
    }

    @Test
    void failedAnswerDoesNotHideTheOthers() throws Exception {
        Outcome dump = clone.gofer("dump", pid(three));
        assertThat(dump.status()).isEqualTo(2);
        assertThat(dump.out()).contains("\"toys\" [chan receive", "\"books\" [chan receive").doesNotContain("closed");
        assertThat(dump.err())
                .startsWith("gofer: process " + pid(three) + ", Shop, context: /closed @")
                .endsWith(": java.lang.ClassNotFoundException: gone\n");
    }

    /// All copies share one flight recorder.
    @Test
    void traceIsOfAllCopies() throws Exception {
        assertThat(clone.gofer("trace", pid(three), "--on").out()).startsWith("recording: the last minute is kept");
        String file = folder.resolve("x.jfr").toString();
        assertThat(clone.gofer("trace", pid(three), "-o", file)).isEqualTo(new Outcome(0, "", ""));
        assertThat(clone.gofer("trace", pid(three), "--off").out()).isEqualTo("recording stopped\n");
    }
}
