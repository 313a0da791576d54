// Counting is a read, an addition and a write.

import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();
int count;

void add() {
    count++;
}

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(this::add);
    wg.await();
    if (count != 2) throw new AssertionError("lost: " + count);
}
