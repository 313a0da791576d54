// Nothing to select from.

import static gofer.Go.*;

import module gofer;

void main() {
    go(() -> RecvChan.never().recv());
    block();
}
