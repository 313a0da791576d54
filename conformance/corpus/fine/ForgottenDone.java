// The wait group counts the goroutines that are started.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> gosched());
    wg.await();
    IO.println("ok");
}
