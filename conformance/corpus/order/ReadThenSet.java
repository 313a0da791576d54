// Each of the two operations is atomic, but the pair is not.

import static gofer.Go.*;

import module gofer;

final AtomicInteger count = new AtomicInteger();

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> count.set(count.get() + 1));
    wg.await();
    if (count.get() != 2) throw new AssertionError("lost: " + count);
}
