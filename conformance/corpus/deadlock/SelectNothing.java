// A select without cases.

import static gofer.Go.*;

import module gofer;

void main() {
    go(() -> RecvChan.never().recv());
    block();
}
