// The sender closes the channel.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> numbers = Chan.make(3);
    var wg = new WaitGroup();
    wg.go(() -> {
        for (int i = 0; i < 3; i++) numbers.send(i);
        numbers.close();
    });
    wg.go(() -> {
        numbers.recv();
        numbers.recv();
    });
    wg.await();
    IO.println("ok");
}
