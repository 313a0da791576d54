// A ticker: events at regular intervals.

import module gofer;

void main() {
    // @start region="ticker"
    try (var ticker = Ticker.every(Duration.ofMillis(20))) {
        for (var request : List.of("one", "two", "three")) {
            ticker.c().recv();
            IO.println("serving " + request);
        }
    }
    // @end
}
