package gofer.runtime.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Crew;
import gofer.goroutine.Goroutine;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A goroutine and its thread.
class GTest {

    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    @Test
    void inheritsFromTheGoroutineThatStartsIt() throws Exception {
        Chan<String> seen = Chan.make(2);
        try (var crew = new Crew();
                var loader = new URLClassLoader(new URL[0])) {
            crew.go(() -> {
                INHERITED.set("estate");
                crew.go(() -> seen.send(INHERITED.get()));
            });
            crew.go(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                crew.go(() -> {
                    boolean inherited = Thread.currentThread().getContextClassLoader() == loader;
                    seen.send(inherited ? "loader" : "none");
                });
            });
        }
        seen.close();
        assertThat(seen).containsExactlyInAnyOrder("estate", "loader");
    }

    @Test
    void inheritsNothingFromTheCallerOfThread() {
        Chan<Goroutine> started = Chan.make(100);
        Chan<Boolean> inherited = Chan.make(100);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 100; i++) {
                    started.send(Go.go(() -> inherited.send(INHERITED.get() != null)));
                }
            });
            INHERITED.set("of the test");
            for (int i = 0; i < 100; i++) {
                assertThat(started.recv().thread().isVirtual()).isTrue();
            }
        } finally {
            INHERITED.remove();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(inherited.recv()).isFalse();
        }
    }

    /// Even before its first turn.
    @Test
    void threadCanBeJoinedAtOnceAndRunsTheBodyOnce() throws Exception {
        Chan<Integer> runs = Chan.make(1000);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 1000; i++) {
                    int number = i;
                    Goroutine g = Go.go(() -> runs.send(number));
                    if (i % 3 > 0) {
                        Thread thread = g.thread();
                        if (i % 3 == 2) {
                            thread.join();
                            assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
                            assertThat(g.thread()).isSameAs(thread);
                        }
                    }
                }
            });
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(runs.recv()).isBetween(0, 999);
        }
        assertThat(runs.len()).isZero();
    }

    @Test
    void interruptBeforeItBeginsIsKept() {
        Chan<Boolean> interrupted = Chan.make(100);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 100; i++) {
                    Chan<Integer> go = Chan.make(1);
                    Goroutine g =
                            Go.go(() -> {
                                while (go.len() == 0) {
                                    Go.gosched();
                                }
                                interrupted.send(Thread.interrupted());
                            });
                    g.thread().interrupt();
                    go.send(1);
                }
            });
        }
        for (int i = 0; i < 100; i++) {
            assertThat(interrupted.recv()).isTrue();
        }
    }

    @Test
    void isInDumpsBeforeItsFirstTurn() {
        Chan<String> dump = Chan.make(1);
        Chan<Integer> quit = Chan.make();
        try (var crew = new Crew()) {
            crew.go(() -> {
                Go.go("novice", quit::recvOk);
                dump.send(Go.stacks());
            });
            assertThat(dump.recv()).contains("novice");
            quit.close();
        }
    }

    /// The test calls the method that the carrier calls.
    @Test
    void lackOfMemoryForItsThreadIsReported() {
        var ended = new AtomicBoolean();
        var g = new G(0, "starved", () -> {}, () -> ended.set(true), Origin.of(ended));
        Goroutines.register(g);
        var before = Thread.getDefaultUncaughtExceptionHandler();
        var reported = new AtomicReference<@Nullable Throwable>();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> reported.set(thrown));
        try {
            var refused = new OutOfMemoryError("no thread");
            g.cannotBegin(refused);
            assertThat(reported.get()).isSameAs(refused);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(ended).isTrue();
        assertThat(g.state()).isEqualTo(Goroutine.State.ENDED);
        assertThat(Goroutines.all()).doesNotContain(g);
    }
}
