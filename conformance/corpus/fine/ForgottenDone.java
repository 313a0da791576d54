// The wait group counts what it starts.

import module gofer;

import static gofer.Go.*;

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> gosched());
    wg.await();
    IO.println("ok");
}
