// The main goroutine exits, and the other one waits forever.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> never = Chan.make();
    go(() -> never.recv());
    goexit();
}
