package shop.agent.goker;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.context.Context;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/// Goroutines that capture a variable which changes after their start. The loops of Go had one variable for all rounds.
class CapturedVariableTest {

    private record Check(String name) {}

    private static void find(String name) {
        assert !name.isEmpty();
    }

    /// `cockroach/35501`: each goroutine validates a check. All read the name of the check from the variable of the loop.
    @Test
    void cockroach35501() {
        found(() ->
                backfill(checks -> {
                    var check = new Var<>(checks.getFirst());
                    for (Check next : checks) {
                        check.value = next;
                        go(() -> find(check.value.name()));
                    }
                }));
    }

    @Test
    void cockroach35501Mended() {
        silent(() ->
                backfill(checks -> {
                    for (Check check : checks) go(() -> find(check.name()));
                }));
    }

    private interface Validation {
        void run(List<Check> checks);
    }

    private static void backfill(Validation validation) {
        var wg = new WaitGroup();
        wg.go(() -> validation.run(Collections.nCopies(10, new Check("positive"))));
        wg.await();
    }

    /// A connection, which has a lock.
    private static final class Pipe {
        private final Mutex mu = new Mutex();
        private int written; // guarded by mu

        int write(String text) {
            try (var _ = mu.lock()) {
                written += text.length();
                return written;
            }
        }
    }

    private record Exchange(String request, String reply) {}

    private static final List<Exchange> EXCHANGES =
            List.of(new Exchange("GET /cats", "two cats"), new Exchange("GET /dogs", "no dogs"));

    /// `moby/22941`: a goroutine sends the request of its round, but reads it from the variable of the loop.
    @Test
    void moby22941() {
        found(() -> {
            var server = new Pipe();
            var exchange = new Var<>(EXCHANGES.getFirst());
            for (Exchange next : EXCHANGES) {
                exchange.value = next;
                go(() -> server.write(exchange.value.request()));
            }
            sleep(Duration.ofMillis(10));
        });
    }

    @Test
    void moby22941Mended() {
        silent(() -> {
            var server = new Pipe();
            for (Exchange exchange : EXCHANGES) go(() -> server.write(exchange.request()));
            sleep(Duration.ofMillis(10));
        });
    }

    private static String version(int minor) {
        return "v1." + minor;
    }

    /// `moby/27037`: each goroutine asks for the version of its round, but reads its number from the variable of the loop.
    @Test
    void moby27037() {
        found(() -> {
            var wg = new WaitGroup();
            var minor = new Var<>(17);
            for (; minor.value <= 21; minor.value++) wg.go(() -> version(minor.value));
            wg.await();
        });
    }

    @Test
    void moby27037Mended() {
        silent(() -> {
            var wg = new WaitGroup();
            for (int i = 17; i <= 21; i++) {
                int minor = i;
                wg.go(() -> version(minor));
            }
            wg.await();
        });
    }

    /// `kubernetes/70892`: each goroutine computes the scores of one node. All goroutines replace the scores of all nodes.
    @Test
    void kubernetes70892() {
        found(() -> {
            int[][] results = {new int[2], new int[2], new int[2]};
            Pieces.inParallel(
                    Context.background(),
                    2,
                    2,
                    _ -> {
                        for (int i = 0; i < results.length; i++) {
                            if (results[i][0] != 4) results[i] = new int[] {7, 8, 9};
                        }
                    });
        });
    }

    /// The same with a list instead of an array.
    @Disabled("the search counts `set` of a list as a read, because goroutines may set different elements")
    @Test
    void kubernetes70892List() {
        found(() -> {
            var results = new ArrayList<>(List.of(new int[2], new int[2], new int[2]));
            Pieces.inParallel(
                    Context.background(),
                    2,
                    2,
                    _ -> {
                        for (int i = 0; i < results.size(); i++) {
                            if (results.get(i)[0] != 4) results.set(i, new int[] {7, 8, 9});
                        }
                    });
        });
    }

    @Test
    void kubernetes70892Mended() {
        silent(() -> {
            int[][] results = {new int[2], new int[2], new int[2]};
            Pieces.inParallel(
                    Context.background(),
                    2,
                    2,
                    node -> {
                        for (int i = 0; i < results.length; i++) {
                            if (results[i][node] != 4) results[i][node] = 7 + i;
                        }
                    });
        });
    }
}
