// The wait group counts what it starts.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> gosched());
    wg.await();
    IO.println("ok");
}
