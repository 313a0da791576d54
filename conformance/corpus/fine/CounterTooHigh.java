// The counter of the group is correct.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var wg = new WaitGroup();
    wg.add(2);
    for (int i = 0; i < 2; i++) go(() -> wg.done());
    go(() -> wg.await());
}
