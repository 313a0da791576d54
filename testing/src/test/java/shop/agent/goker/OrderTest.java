package shop.agent.goker;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.select;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Second;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A result that is used before the goroutine that computes it has ended.
class OrderTest {

    private static final Duration LINE = Duration.ofMillis(1);

    /// A command that prints two lines, unless it is killed.
    private static final class Command {
        private final Chan<Boolean> killed = Chan.make();
        private final Chan<Boolean> exited = Chan.make();
        private final StringBuilder output;

        Command(StringBuilder output) {
            this.output = output;
        }

        void start() {
            go(() -> {
                for (int i = 0; i < 2; i++) {
                    output.append("line\n");
                    if (select(after(LINE), killed) instanceof Second(_)) break;
                }
                exited.close();
            });
        }

        void kill() {
            killed.close();
        }

        void await() {
            exited.recvOk();
        }
    }

    private static String run(boolean mended, Duration timeout) {
        var output = new StringBuilder();
        var exitCode = new Var<>(0);
        var command = new Command(output);
        var done = Chan.<Boolean>make(1);
        command.start();
        go(() -> {
            command.await();
            exitCode.value = 1;
            done.send(true);
        });
        if (select(after(timeout), done) instanceof First(_)) {
            command.kill();
            if (mended) done.recv();
        }
        return output.toString();
    }

    /// `moby/18412`: after a timeout, a command is killed, but the goroutine that still collects its output is not awaited.
    @Test
    void moby18412() {
        found(() -> run(false, LINE));
    }

    @Test
    void moby18412Mended() {
        silent(() -> run(true, LINE));
    }
}
