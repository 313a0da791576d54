// The main goroutine sends one value more than the channel holds before it receives any.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> results = Chan.make(2);
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        int n = i;
        wg.go(() -> results.send(n));
    }
    wg.await();
    results.close();
    for (int n : results) IO.println(n);
}
