// The main goroutine ends alone; the other waits for ever.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Integer> never = Chan.make();
    go(() -> never.recv());
    goexit();
}
