// Nothing to select from.

import module gofer;

import static gofer.Go.*;

void main() {
    go(() -> RecvChan.never().recv());
    block();
}
