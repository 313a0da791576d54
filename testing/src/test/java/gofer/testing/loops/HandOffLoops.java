package gofer.testing.loops;

import static gofer.Go.select;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;

/// Loops that pass values to each other.
final class HandOffLoops {

    private HandOffLoops() {}

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant(
                        "two goroutines pass values until main quits", HandOffLoops::twoUntilQuit),
                LoopProgram.withFaultyVariant("a ring of three", HandOffLoops::ring),
                LoopProgram.correctOnly("ping-pong until a deadline", HandOffLoops::pingPongUntilDeadline),
                LoopProgram.withFaultyVariant("ping-pong until it is cancelled", HandOffLoops::pingPongUntilCancelled),
                LoopProgram.withFaultyVariant("a producer until its consumer quits", HandOffLoops::producer),
                LoopProgram.withFaultyVariant("a producer that is always ready", HandOffLoops::eagerProducer),
                LoopProgram.withFaultyVariant("a pipeline until it is cancelled", HandOffLoops::pipeline),
                LoopProgram.withFaultyVariant("a fan-in until it is told to quit", HandOffLoops::fanIn),
                LoopProgram.withFaultyVariant("a server with a channel to quit", HandOffLoops::server),
                LoopProgram.withFaultyVariant("a server of a channel that is closed", HandOffLoops::rangingServer),
                LoopProgram.withFaultyVariant("a relay of results", HandOffLoops::relay),
                LoopProgram.withFaultyVariant(
                        "two goroutines that each let the other go first", HandOffLoops::afterYou));
    }

    /// Sends each received value plus one, until `quit` is closed.
    private static void handOn(RecvChan<Integer> from, Chan<Integer> to, RecvChan<Integer> quit) {
        while (true) {
            int got;
            switch (select(from, quit)) {
                case First(Value(var n)) -> got = n;
                case First(_), Second(_) -> {
                    return;
                }
            }
            if (select(to.sending(got + 1), quit) instanceof Second(_)) {
                return;
            }
        }
    }

    private static void twoUntilQuit(boolean correct) {
        Chan<Integer> ping = Chan.make();
        Chan<Integer> pong = Chan.make();
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        all.go(() -> handOn(ping, pong, quit));
        all.go(() -> handOn(pong, ping, quit));
        ping.send(0);
        if (correct) quit.close();
        all.await();
    }

    private static void ring(boolean correct) {
        List<Chan<Integer>> links = List.of(Chan.make(), Chan.make(), Chan.make());
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            int mine = i;
            all.go("member", () -> handOn(links.get(mine), links.get((mine + 1) % 3), quit));
        }
        links.getFirst().send(0);
        if (correct) quit.close();
        all.await();
    }

    private static void pingPongUntilDeadline() {
        Chan<Integer> ping = Chan.make();
        Chan<Integer> pong = Chan.make();
        try (CancelContext ctx = Context.background().withTimeout(Duration.ofMillis(10))) {
            var all = new WaitGroup();
            all.go(() -> handOn(ping, pong, cancelled(ctx)));
            all.go(() -> handOn(pong, ping, cancelled(ctx)));
            if (select(ping.sending(0), ctx.done()) instanceof Second(_)) return; // too late
            all.await();
        }
    }

    /// Returns a channel that is closed when `ctx` is done.
    private static RecvChan<Integer> cancelled(Context ctx) {
        Chan<Integer> quit = Chan.make();
        ctx.afterFunc(quit::close);
        return quit;
    }

    private static void pingPongUntilCancelled(boolean correct) {
        Chan<Integer> ping = Chan.make();
        Chan<Integer> pong = Chan.make();
        try (CancelContext ctx = Context.background().withCancel()) {
            var all = new WaitGroup();
            all.go(() -> passOn(ctx, ping, pong));
            all.go(() -> passOn(ctx, pong, ping));
            ping.send(0);
            if (correct) ctx.cancel();
            all.await();
        }
    }

    private static void passOn(Context ctx, Chan<Integer> from, Chan<Integer> to) {
        try {
            while (true) {
                to.send(ctx, from.recv(ctx) + 1);
            }
        } catch (ContextException cancelled) {
            // the end
        }
    }

    private static void producer(boolean correct) {
        Chan<Integer> out = Chan.make();
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            for (int i = 0; select(out.sending(i), quit) instanceof First; i++) {
                // sends
            }
        });
        for (int i = 0; i < 3; i++) {
            out.recv();
        }
        if (correct) quit.close();
        all.await();
    }

    /// Has a receiver that is always ready.
    private static void eagerProducer(boolean correct) {
        Chan<Integer> out = Chan.make(4);
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            for (int i = 0; select(out.sending(i), quit) instanceof First; i++) {
                // sends
            }
            out.close();
        });
        all.go(() -> {
            for (int n : out) {
                if (n < 0) throw new AssertionError(n);
            }
        });
        if (correct) quit.close();
        all.await();
    }

    private static void pipeline(boolean correct) {
        Chan<Integer> numbers = Chan.make();
        Chan<Integer> even = Chan.make();
        try (CancelContext ctx = Context.background().withCancel()) {
            var all = new WaitGroup();
            all.go(() -> {
                for (int i = 0; select(numbers.sending(i), ctx.done()) instanceof First; i++) {
                    // sends
                }
                numbers.close();
            });
            all.go(() -> {
                for (int n : numbers) {
                    if (n % 2 == 0 && select(even.sending(n), ctx.done()) instanceof Second(_)) return;
                }
            });
            for (int i = 0; i < 3; i++) {
                even.recv();
            }
            if (correct) ctx.cancel();
            all.await();
        }
    }

    private static void fanIn(boolean correct) {
        Chan<Integer> merged = Chan.make();
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            int mine = i;
            all.go(() -> {
                while (select(merged.sending(mine), quit) instanceof First) {
                    // sends
                }
            });
        }
        for (int i = 0; i < 4; i++) {
            merged.recv();
        }
        if (correct) quit.close();
        all.await();
    }

    private record Request(int number, Chan<Integer> answer) {}

    private static void server(boolean correct) {
        Chan<Request> requests = Chan.make();
        Chan<Integer> quit = Chan.make();
        var server = new WaitGroup();
        server.go(
                "server",
                () -> {
                    while (select(requests, quit) instanceof First(Value(var request))) {
                        request.answer.send(request.number * 2);
                    }
                });
        var clients = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int mine = i;
            clients.go(
                    "client",
                    () -> {
                        for (int n = 0; n < 2; n++) {
                            Chan<Integer> answer = Chan.make(1);
                            requests.send(new Request(mine, answer));
                            if (answer.recv() != mine * 2) throw new AssertionError("wrong answer");
                        }
                    });
        }
        clients.await();
        if (correct) quit.close();
        server.await();
    }

    private static void rangingServer(boolean correct) {
        Chan<Request> requests = Chan.make(1);
        var server = new WaitGroup();
        server.go(() -> {
            for (Request request : requests) {
                request.answer.send(request.number);
            }
        });
        for (int i = 0; i < 3; i++) {
            Chan<Integer> answer = Chan.make();
            requests.send(new Request(i, answer));
            answer.recv();
        }
        if (correct) requests.close();
        server.await();
    }

    /// Results go to a collector, which others read under a lock.
    private static void relay(boolean correct) {
        Chan<Integer> results = Chan.make();
        Chan<Integer> quit = Chan.make();
        var mu = new Mutex();
        int[] sum = {0};
        var collector = new WaitGroup();
        collector.go(() -> {
            while (select(results, quit) instanceof First(Value(var n))) {
                try (var _ = mu.lock()) {
                    sum[0] += n;
                }
            }
        });
        var senders = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            senders.go(() -> {
                for (boolean done = false; !done; ) {
                    results.send(1);
                    try (var _ = mu.lock()) {
                        done = sum[0] >= 3;
                    }
                }
            });
        }
        senders.await();
        if (correct) quit.close();
        collector.await();
    }

    /// The faulty variant is a livelock under each schedule: each goroutine keeps giving way.
    private static void afterYou(boolean correct) {
        Chan<Integer> toFirst = Chan.make(1);
        Chan<Integer> toSecond = Chan.make(1);
        var all = new WaitGroup();
        all.go(() -> yieldTo(toFirst, toSecond, correct));
        all.go(() -> yieldTo(toSecond, toFirst, false));
        toFirst.send(0);
        all.await();
    }

    private static void yieldTo(Chan<Integer> offers, Chan<Integer> other, boolean accepts) {
        for (int offer : offers) {
            if (accepts && offer >= 4) {
                other.close();
                return;
            }
            other.send(offer + 1);
        }
    }
}
