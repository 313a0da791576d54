// Tests in a bubble. Its clock moves only when all goroutines wait, and then at once. A day takes no time, and the time
// of each event is known to the nanosecond.

import module gofer;
import module gofer.testing;

import static gofer.Go.*;

void main() throws Exception {
    retry();
    deadline();
    stuck();
}

void retry() throws Exception {
    // @start region="retry"
    Bubble.run(() -> {
        var server = new Server(5); // is down for the first five attempts
        fetch(server, Duration.ofHours(1)); // doubles the pause after each: 1 + 2 + 4 + 8 + 16 hours
        check(server.lastAttempt.equals(Instant.parse("2000-01-02T07:00:00Z")));
    });
    // @end
    IO.println("retried for 31 hours");
}

// @start region="fetch"
String fetch(Server server, Duration pause) {
    for (var wait = pause; ; wait = wait.multipliedBy(2)) {
        try {
            return server.get();
        } catch (IOException down) {
            sleep(wait);
        }
    }
}

// @end

class Server {
    final int failures;
    int attempts;
    Instant lastAttempt = Instant.EPOCH;

    Server(int failures) {
        this.failures = failures;
    }

    String get() throws IOException {
        lastAttempt = after(Duration.ZERO).recv(); // the time of the bubble
        if (attempts++ < failures) throw new IOException("down");
        return "page";
    }
}

void deadline() throws Exception {
    // @start region="deadline"
    Bubble.run(() -> {
        var ctx = Context.background().withTimeout(Duration.ofSeconds(5));
        var stopped = new AtomicBoolean();
        go(
                "worker",
                () -> {
                    ctx.done().recvOk();
                    stopped.set(true);
                });
        Bubble.sleep(Duration.ofNanos(4_999_999_999L)); // everything due until then has happened
        check(!stopped.get());
        Bubble.sleep(Duration.ofNanos(1));
        check(stopped.get());
    });
    // @end
    IO.println("stopped in time");
}

void stuck() throws Exception {
    try {
        // @start region="stuck"
        Bubble.run(() -> {
            Chan<String> replies = Chan.make();
            go("first", () -> replies.send("here"));
            go("second", () -> replies.send("there"));
            replies.recv();
        });
        // @end
    } catch (AssertionError found) {
        IO.println(found.getMessage().lines().findFirst().orElseThrow());
    }
}

static void check(boolean holds) {
    if (!holds) throw new AssertionError();
}
