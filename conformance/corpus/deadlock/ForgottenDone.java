// The counter of a wait group is one too high.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    wg.add(3);
    for (int i = 0; i < 2; i++) {
        go(() -> wg.done());
    }
    wg.await();
}
