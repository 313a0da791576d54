// The receiver needs no more values, and closes the channel while the other goroutine still sends.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> numbers = Chan.make(3);
    var wg = new WaitGroup();
    wg.go(() -> {
        for (int i = 0; i < 3; i++) numbers.send(i);
    });
    wg.go(() -> {
        numbers.recv();
        numbers.recv();
        numbers.close();
    });
    wg.await();
}
