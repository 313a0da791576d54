// A goroutine that is to keep something open blocks for ever.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    go(() -> block());
}
