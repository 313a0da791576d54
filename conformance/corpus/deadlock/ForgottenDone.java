// A wait group that counts one more than will be done.

import module gofer;

import static gofer.Go.*;

void main() {
    var wg = new WaitGroup();
    wg.add(3);
    for (int i = 0; i < 2; i++) {
        go(() -> wg.done());
    }
    wg.await();
}
