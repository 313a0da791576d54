// An executor for libraries that want one: goroutines, at most eight at the same time.

import module gofer;

void main() throws InterruptedException {
    var seen = new AtomicInteger();
    // @start region="executor"
    try (ExecutorService executor = new GoExecutor(8)) { // close() waits for the tasks
        for (int i = 0; i < 100; i++) executor.submit(() -> seen.incrementAndGet());
    }
    // @end
    IO.println(seen);
}
