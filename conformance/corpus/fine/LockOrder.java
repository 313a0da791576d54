// Both goroutines lock in the same order.

import static gofer.Go.*;

import module gofer;

final Mutex a = new Mutex();
final Mutex b = new Mutex();

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) {
        wg.go(() -> {
            try (var _ = a.lock();
                    var _ = b.lock()) {
                gosched();
            }
        });
    }
    wg.await();
    IO.println("ok");
}
