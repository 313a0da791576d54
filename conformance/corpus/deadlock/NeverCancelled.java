// A context that is never cancelled.

import static gofer.Go.*;

import module gofer;

void main() {
    var ctx = Context.background().withCancel();
    var wg = new WaitGroup();
    wg.go(() -> ctx.done().recvOk());
    wg.await();
    ctx.cancel();
}
