// Two limits on the rate of requests, each a channel from which a request takes a permit.
//
// A ticker is the strict limit: a permit every 20 ms. A buffer that the ticker fills allows bursts: after a pause, up
// to three requests pass at once, then again one every 20 ms.

import module gofer;

import static gofer.Go.*;

final Duration INTERVAL = Duration.ofMillis(20);

void main() {
    serve("strict", 5, () -> Ticker.every(INTERVAL).c());
    serve("bursts", 2, () -> bursts(3));
}

/// Returns a channel of permits, of which up to `most` are stored. A tick is dropped if there is no room for its permit.
RecvChan<Instant> bursts(int most) {
    Chan<Instant> permits = Chan.make(most);
    for (int i = 0; i < most; i++) permits.send(Instant.now());
    go(() -> {
        for (var now : tick(INTERVAL)) permits.trySend(now);
    });
    return permits;
}

void serve(String limit, int intervals, Supplier<RecvChan<Instant>> limiter) {
    var start = System.nanoTime();
    var permits = limiter.get();
    for (int request = 1; request <= 5; request++) {
        permits.recv();
        IO.println(limit + ": request " + request);
    }
    var time = Duration.ofNanos(System.nanoTime() - start);
    IO.println("took at least " + intervals + " intervals: " + (time.compareTo(INTERVAL.multipliedBy(intervals)) >= 0));
}
