// A condition variable: consumers wait until the queue holds something.

import module gofer;

final Mutex mu = new Mutex();
final Cond notEmpty = new Cond(mu);
final Queue<String> queue = new ArrayDeque<>(); // guarded by mu

void main() {
    var consumers = new WaitGroup();
    for (int i = 0; i < 3; i++) consumers.go(this::consume);
    for (var job : List.of("one", "two", "three")) {
        try (var _ = mu.lock()) {
            queue.add(job);
        }
        notEmpty.signal();
    }
    consumers.await();
}

void consume() {
    // @start region="cond"
    try (var _ = mu.lock()) {
        while (queue.isEmpty()) notEmpty.await();
        work(queue.remove());
    }
    // @end
}

void work(String job) {
    IO.println("working on " + job);
}
