// Each philosopher takes the left fork and waits for the right one.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Boolean> stuck = Chan.make(1);
    try (var _ = Deadlocks.watch(_ -> stuck.trySend(true))) {
        work();
        stuck.recv();
        IO.println("the rest runs on");
    }
}

void work() {
    int n = 5;
    var forks = Stream.generate(Mutex::new).limit(n).toList();
    var seated = new WaitGroup();
    seated.add(n);
    for (int i = 0; i < n; i++) {
        int seat = i;
        go(
                "philosopher " + seat,
                () -> {
                    forks.get(seat).lock();
                    seated.done();
                    seated.await();
                    forks.get((seat + 1) % n).lock();
                });
    }
}
