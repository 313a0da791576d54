package gofer.conformance.goroutine;

import static gofer.Go.block;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests exceptions in goroutines while shutdown hooks run.
class ShutdownTest {

    /// Ends in the way that the argument selects. The hook starts goroutines that fail, and waits for them. Meanwhile an older
    /// goroutine fails too.
    static final class Hooked {

        private static final Chan<Integer> BEGUN = Chan.make();
        private static final Chan<Integer> ORDINARY = Chan.make();

        static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(Hooked::hook));
            Go.main(() -> {
                var ordinary =
                        go(
                                "ordinary",
                                () -> {
                                    try {
                                        BEGUN.recvOk();
                                        throw new IllegalStateException("ordinary");
                                    } finally {
                                        ORDINARY.close();
                                    }
                                });
                Eventually.blocked(ordinary, WaitReason.CHAN_RECEIVE);
                switch (args[0]) {
                    case "return" -> {}
                    case "panic" -> throw new IllegalStateException("main");
                    case "exit" -> System.exit(3);
                    case "exit of another" -> {
                        go(() -> System.exit(4));
                        throw block();
                    }
                    default -> throw new AssertionError(args[0]);
                }
            });
        }

        private static void hook() {
            BEGUN.close();
            ORDINARY.recvOk();
            var wg = new WaitGroup();
            wg.go(() -> fail("first"));
            wg.go(() -> {
                var inner = new WaitGroup();
                inner.go(() -> fail("second"));
                inner.await();
            });
            wg.await();
            IO.println("the hook has ended");
        }

        private static void fail(String message) {
            throw new IllegalStateException(message);
        }
    }

    /// Exceptions in goroutines of the hook are always reported. Those of other goroutines are reported unless the program has
    /// ended by Go's rules. The exit status does not change.
    @ParameterizedTest
    @CsvSource({
        "return,0,",
        "panic,2,main",
        "exit,3,ordinary",
        "exit of another,4,ordinary",
    })
    void exceptionsDuringShutdownAreReported(String way, int status, @Nullable String other) {
        for (String scheduler : List.of(ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER)) {
            ChildProgram end =
                    ChildProgram.run(
                            way,
                            List.of(
                                    scheduler,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Hooked.class.getName(),
                                    way));
            assertThat(end.out()).as("%s", end).isEqualTo("the hook has ended\n");
            assertThat(end.status()).isEqualTo(status);
            assertThat(end.err().lines().filter(line -> line.startsWith("panic: ")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of("first", "second", other)
                                    .filter(Objects::nonNull)
                                    .map(message -> "panic: java.lang.IllegalStateException: " + message)
                                    .toList());
        }
    }
}
