// The last philosopher is left-handed.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    work(wg);
    wg.await();
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

void work(WaitGroup wg) {
    int n = 5;
    var forks = Stream.generate(Mutex::new).limit(n).toList();
    for (int i = 0; i < n; i++) {
        int seat = i;
        wg.go(() -> {
            int left = seat;
            int right = (seat + 1) % n;
            try (var _ = forks.get(Math.min(left, right)).lock();
                    var _ = forks.get(Math.max(left, right)).lock()) {
                gosched();
            }
        });
    }
}
