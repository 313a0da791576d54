// Another goroutine waits for the senders.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> results = Chan.make(2);
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        int n = i;
        wg.go(() -> results.send(n));
    }
    go(() -> {
        wg.await();
        results.close();
    });
    int sum = 0;
    for (int n : results) sum += n;
    IO.println(sum == 3 ? "ok" : "wrong");
}
