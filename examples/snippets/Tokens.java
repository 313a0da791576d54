// A weighted semaphore: large tasks take more permits than small ones.

import module gofer;

void main() {
    var memory = new Weighted(100);
    var wg = new WaitGroup();
    for (int megabytes : List.of(10, 80, 30, 60)) wg.go(() -> load(memory, megabytes));
    wg.await();
}

void load(Weighted memory, int megabytes) {
    // @start region="weighted"
    try (var _ = memory.acquire(megabytes)) { // waits until this much is free
        IO.println("loading " + megabytes + " MB");
    }
    // @end
}
