// Closing the channel of items signals that there are no more.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> items = Chan.make(3);
    int[] sum = {0};
    var worker = new WaitGroup();
    worker.go(() -> {
        for (int n : items) sum[0] += n;
    });
    for (int i = 1; i <= 3; i++) items.send(i);
    items.close();
    worker.await();
    if (sum[0] != 6) throw new AssertionError("dropped some: " + sum[0]);
    IO.println("ok");
}
