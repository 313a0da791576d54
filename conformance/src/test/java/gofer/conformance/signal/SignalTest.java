package gofer.conformance.signal;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.diagnostics.Leaks;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.signal.Signal;
import gofer.signal.SignalException;
import gofer.signal.Signals;
import gofer.sync.WaitGroup;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests programs that get signals from another process.
class SignalTest {

    static final class Server {
        static void main(String[] args) {
            Go.main(() -> {
                var ctx = Signals.notifyContext(Context.background(), Signal.SIGHUP, Signal.SIGINT, Signal.SIGTERM);
                var workers = new WaitGroup();
                workers.go(() -> {
                    ctx.done().recvOk();
                    IO.println("worker: " + Objects.requireNonNull(ctx.cause()).getMessage());
                });
                IO.println("ready");
                workers.await();
                if (ctx.cause() instanceof SignalException by) System.exit(by.signal().status());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    @Pins({"GO-24", "DL-04"})
    void programDrainsAndEndsWithTheStatusOfTheSignal(String signal, int status) throws Exception {
        for (String scheduler : new String[] {ChildProgram.OWN_SCHEDULER, ChildProgram.JDK_SCHEDULER}) {
            try (var program = LiveProgram.start(Server.class, "", scheduler)) {
                program.expect("ready");
                program.kill(signal);
                program.expect("worker: SIG" + signal + " received");
                assertThat(program.end()).isEqualTo(new ChildProgram(status, "", ""));
            }
        }
    }

    static final class Slow {
        static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> IO.println("hook")));
            Go.main(() -> {
                var ctx = Signals.notifyContext(Context.background(), Signal.SIGINT, Signal.SIGTERM);
                IO.println("ready");
                ctx.done().recvOk();
                IO.println("draining");
                throw Go.block();
            });
        }
    }

    /// The second signal has its default effect, in the JVM: the shutdown hooks run.
    @ParameterizedTest
    @CsvSource({"INT, INT, 130", "INT, TERM, 143", "TERM, INT, 130"})
    void secondSignalEndsTheProgramAtOnce(String first, String second, int status) throws Exception {
        try (var program = LiveProgram.start(Slow.class, "")) {
            program.expect("ready");
            program.kill(first);
            program.expect("draining");
            program.kill(second);
            assertThat(program.end()).isEqualTo(new ChildProgram(status, "hook", ""));
        }
    }

    static final class Stops {
        static void main(String[] args) {
            var signal = Signal.valueOf("SIG" + args[0]);
            Chan<Signal> one = Chan.make(1);
            Chan<Signal> two = Chan.make(1);
            Signals.notify(one, signal);
            Signals.notify(two, signal);
            IO.println("ready");
            IO.println(one.recv() + " and " + two.recv());
            Signals.stop(one);
            IO.println("stopped one");
            IO.println(two.recv());
            Signals.stop(two);
            IO.println("stopped two");
            throw Go.block();
        }
    }

    /// SIGUSR1 ends a process without shutdown hooks.
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP", "USR1"})
    void stopRestoresTheDefaultEffect(String signal) throws Exception {
        try (var program = LiveProgram.start(Stops.class, signal)) {
            program.expect("ready");
            program.kill(signal);
            program.expect("SIG" + signal + " and SIG" + signal);
            program.expect("stopped one");
            program.kill(signal);
            program.expect("SIG" + signal);
            program.expect("stopped two");
            program.kill(signal);
            assertThat(program.end().status()).isEqualTo(Signal.valueOf("SIG" + signal).status());
        }
    }

    static final class Closes {
        static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> IO.println("hook")));
            Chan<Signal> chan = Chan.make(1);
            Signals.notify(chan, Signal.SIGTERM);
            chan.close();
            IO.println("ready");
            throw Go.block();
        }
    }

    /// The same happens to a signal that is on its way when the last receiver is removed.
    @Test
    void signalThatNothingReceivesHasItsDefaultEffect() throws Exception {
        try (var program = LiveProgram.start(Closes.class, "")) {
            program.expect("ready");
            program.kill("TERM");
            assertThat(program.end()).isEqualTo(new ChildProgram(143, "hook", ""));
        }
    }

    static final class Ignores {
        static void main(String[] args) {
            Signals.ignore(Signal.SIGINT, Signal.SIGHUP, Signal.SIGUSR1);
            IO.println("ready");
            throw Go.block();
        }
    }

    @Test
    void ignoredSignalsDoNotEndTheProgram() throws Exception {
        try (var program = LiveProgram.start(Ignores.class, "")) {
            program.expect("ready");
            program.kill("INT");
            program.kill("HUP");
            program.kill("USR1");
            program.kill("TERM");
            assertThat(program.end()).isEqualTo(new ChildProgram(143, "", ""));
        }
    }

    static final class IgnoresFirst {
        static void main(String[] args) {
            var signal = Signal.valueOf("SIG" + args[0]);
            Signals.ignore(signal);
            Chan<Signal> chan = Chan.make(1);
            Signals.notify(chan, signal);
            IO.println("receives");
            IO.println(chan.recv());
            Signals.ignore(signal);
            Signals.reset(signal);
            IO.println("reset");
            throw Go.block();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129", "USR1, 138"})
    void signalThatWasIgnoredCanBeReceivedAndReset(String signal, int status) throws Exception {
        try (var program = LiveProgram.start(IgnoresFirst.class, signal)) {
            program.expect("receives");
            program.kill(signal);
            program.expect("SIG" + signal);
            program.expect("reset");
            program.kill(signal);
            assertThat(program.end().status()).isEqualTo(status);
        }
    }

    static final class Refused {
        static void main(String[] args) {
            Chan<Signal> chan = Chan.make(1);
            try {
                Signals.notify(chan, Signal.SIGUSR1, Signal.SIGINT);
                IO.println("no exception");
            } catch (UnsupportedOperationException refused) {
                IO.println(refused.getMessage());
            }
            throw Go.block();
        }
    }

    /// Nothing remains of a call that fails: SIGUSR1 still ends the process.
    @Test
    void jvmThatHandlesNoSignalsIsReported() throws Exception {
        try (var program = LiveProgram.start(Refused.class, "", "-Xrs")) {
            program.expect("the JVM does not let the program handle SIGINT; perhaps the option -Xrs is set");
            program.kill("USR1");
            assertThat(program.end().status()).isEqualTo(Signal.SIGUSR1.status());
        }
    }

    @Test
    void missingModuleIsReported() throws Exception {
        String modules = "--limit-modules=java.base,java.instrument,jdk.management,jdk.jfr";
        try (var program = LiveProgram.start(Refused.class, "", modules)) {
            program.expect("signals need the module jdk.unsupported, which this Java runtime does not contain");
        }
    }

    /// Prints the number of leaks while a signal can wake the goroutine, and after that.
    static final class MayLeak {
        static void main(String[] args) {
            wait(Chan.make(1));
            IO.println(Leaks.find().size());
            Signals.reset();
            Eventually.that("the goroutine has leaked", () -> Leaks.find().size() == 1);
            IO.println("leaked");
            System.exit(0);
        }

        private static void wait(Chan<Signal> chan) {
            Signals.notify(chan, Signal.SIGTERM);
            Eventually.blocked(Go.go(() -> IO.println(chan.recv())), WaitReason.CHAN_RECEIVE);
        }
    }

    @Test
    void goroutineThatWaitsForASignalHasNotLeaked() throws Exception {
        try (var program = LiveProgram.start(MayLeak.class, "", ChildProgram.OWN_SCHEDULER)) {
            program.expect("0");
            program.expect("leaked");
            assertThat(program.end().status()).isZero();
        }
    }
}
