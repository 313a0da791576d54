// The last items are in the channel when the stop comes, and select may choose either.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> items = Chan.make(3);
    Chan<Void> stop = Chan.make();
    int[] sum = {0};
    var worker = new WaitGroup();
    worker.go(() -> {
        while (select(items, stop) instanceof First(Value(var n))) sum[0] += n;
    });
    for (int i = 1; i <= 3; i++) items.send(i);
    stop.close();
    worker.await();
    if (sum[0] != 6) throw new AssertionError("dropped some: " + sum[0]);
}
