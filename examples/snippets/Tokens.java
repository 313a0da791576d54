// A weighted semaphore: large tasks take more permits than small ones.

import module gofer;

void main() {
    var memory = new Weighted(100);
    var wg = new WaitGroup();
    for (int megabytes : List.of(10, 80, 30, 60)) wg.go(() -> load(memory, megabytes));
    wg.await();
    tryFor(memory, Go.after(Duration.ofMinutes(1)));
}

void load(Weighted memory, int megabytes) {
    // @start region="weighted"
    try (var _ = memory.acquire(megabytes)) { // waits until this much is free
        IO.println("loading " + megabytes + " MB");
    }
    // @end
}

void tryFor(Weighted memory, RecvChan<Instant> timeout) {
    // @start region="arm"
    switch (Go.select(memory.acquiring(50), timeout)) {
        case First(var held) -> {
            try (held) {
                IO.println("loading 50 MB");
            }
        }
        case Second(_) -> IO.println("too busy");
    }
    // @end
}
