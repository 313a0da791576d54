// Two budgets, always memory before files. Permits that another goroutine releases are not a deadlock either.

import static gofer.Go.*;

import module gofer;

Weighted memory = new Weighted(4);
Weighted files = new Weighted(2);
Weighted workers = new Weighted(2);

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 10; i++) {
        both(2, 1);
    }
    wg.go(() -> both(1, 2));
    wg.go(() -> both(4, 1));
    wg.await();
    Chan<Boolean> goOn = Chan.make();
    for (int i = 0; i < 2; i++) {
        workers.acquire(1);
        go(
                "worker",
                () -> {
                    goOn.recv();
                    workers.release(1);
                });
    }
    go(
            "master",
            () -> {
                sleep(Duration.ofMillis(300)); // meanwhile the watch sees that main waits for permits that it holds
                goOn.send(true);
                goOn.send(true);
            });
    workers.acquire(2);
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

void both(long bytes, long handles) {
    try (var _ = memory.acquire(bytes);
            var _ = files.acquire(handles)) {
        gosched();
    }
}
