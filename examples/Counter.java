// A reference count, twice: under a mutex, and owned by one goroutine that others talk to through channels.
//
// The slogan says to share memory by communicating; but for a plain count the mutex is shorter and faster. Take the
// channel when what is guarded is a conversation: several steps, answers, waiting for each other.

import module gofer;

import static gofer.Go.*;

void main() {
    IO.println("mutex:   " + withMutex(100, 100));
    IO.println("channel: " + withChannel(100, 100));
}

int withMutex(int goroutines, int times) {
    var mu = new Mutex();
    var count = new int[1];
    var wg = new WaitGroup();
    for (int g = 0; g < goroutines; g++) {
        wg.go(() -> {
            for (int i = 0; i < times; i++) {
                try (var _ = mu.lock()) {
                    count[0]++;
                }
            }
        });
    }
    wg.await();
    return count[0];
}

int withChannel(int goroutines, int times) {
    Chan<Integer> deltas = Chan.make(16);
    Chan<Integer> total = Chan.make();
    go(
            "owner of the count",
            () -> {
                int count = 0;
                for (int delta : deltas) count += delta;
                total.send(count);
            });
    var wg = new WaitGroup();
    for (int g = 0; g < goroutines; g++) {
        wg.go(() -> {
            for (int i = 0; i < times; i++) deltas.send(1);
        });
    }
    wg.await();
    deltas.close();
    return total.recv();
}
