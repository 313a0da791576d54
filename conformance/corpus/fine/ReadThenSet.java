// A single atomic operation.

import static gofer.Go.*;

import module gofer;

final AtomicInteger count = new AtomicInteger();

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> count.incrementAndGet());
    wg.await();
    if (count.get() != 2) throw new AssertionError("lost: " + count);
    IO.println("ok");
}
