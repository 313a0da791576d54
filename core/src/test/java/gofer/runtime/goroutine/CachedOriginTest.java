package gofer.runtime.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.group.ErrGroup;
import gofer.group.FirstResult;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.group.Task;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each method that starts a goroutine with a lambda of the program looks up the place once, and not by a walk of the stack
/// for each goroutine.
class CachedOriginTest {

    private static final Chan<StackTraceElement> SITES = Chan.make(1);
    private static final Body BODY = () -> send();
    private static final Runnable RUNNABLE = () -> send();
    private static final Callable<Integer> CALLABLE = () -> send();
    private static final Task<Integer> TASK = _ -> send();
    private static final Task<Integer> FIRST = _ -> send();
    private static final Task<Integer> FUTURE = _ -> send();
    private static final Callable<Integer> FLIGHT = () -> send();
    private static final GoExecutor EXECUTOR = new GoExecutor(1);

    private static int send() {
        SITES.send(Objects.requireNonNull(G.current()).origin().site());
        return 1;
    }

    static Stream<Arguments> starts() {
        return Stream.of(
                start("Go.go", () -> Go.go(BODY)),
                start("Go.afterFunc", () -> Go.afterFunc(Duration.ZERO, BODY)),
                start("Context.afterFunc", () -> done().afterFunc(RUNNABLE)),
                start("WaitGroup.go", () -> new WaitGroup().go(BODY)),
                start("ErrGroup.go", () -> new ErrGroup().go(BODY)),
                start("ErrGroup.tryGo", () -> assertThat(new ErrGroup().tryGo(BODY)).isTrue()),
                start("ResultGroup.go", () -> new ResultGroup<Integer>().go(TASK)),
                start("FirstResult.go", () -> FirstResult.<Integer>withContext(Context.background()).go(FIRST)),
                start(
                        "SingleFlight.runChan",
                        () -> assertThat(new SingleFlight<Integer, Integer>().runChan(1, FLIGHT)).isNotNull()),
                start("Futures.go", () -> assertThat(Futures.go(Context.background(), FUTURE)).isNotNull()),
                start("GoExecutor.execute", () -> EXECUTOR.execute(RUNNABLE)),
                start("GoExecutor.submit, of a Runnable", () -> assertThat(EXECUTOR.submit(RUNNABLE)).isNotNull()),
                start("GoExecutor.submit, of a Callable", () -> assertThat(EXECUTOR.submit(CALLABLE)).isNotNull()));
    }

    private static Arguments start(String name, Body start) {
        return Arguments.argumentSet(name, start);
    }

    private static Context done() {
        var ctx = Context.background().withCancel();
        ctx.cancel();
        return ctx;
    }

    @ParameterizedTest
    @MethodSource("starts")
    void placeIsLookedUpOnce(Body start) throws Throwable {
        start.run();
        StackTraceElement first = SITES.recv();
        start.run();
        assertThat(SITES.recv()).isSameAs(first);
    }
}
