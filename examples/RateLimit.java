// Serves requests no faster than a ticker ticks, after a burst that a buffered channel allows.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Integer> permits = Chan.make(3);
    for (int i = 0; i < permits.cap(); i++) permits.send(i); // the burst
    var ticker = Ticker.every(Duration.ofMillis(20));
    go(() -> {
        for (var _ : ticker.c()) permits.trySend(0);
    });

    long start = System.nanoTime();
    for (int request = 1; request <= 8; request++) {
        permits.recv();
        IO.println("request " + request);
    }
    ticker.stop();
    boolean limited = Duration.ofNanos(System.nanoTime() - start).toMillis() >= 80;
    IO.println("5 requests after the burst took at least 4 ticks: " + limited);
}
