// The main goroutine ends alone; the other waits for ever.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> never = Chan.make();
    go(() -> never.recv());
    goexit();
}
