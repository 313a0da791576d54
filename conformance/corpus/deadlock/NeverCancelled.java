// A context that nobody cancels.

import module gofer;

import static gofer.Go.*;

void main() {
    var ctx = Context.background().withCancel();
    var wg = new WaitGroup();
    wg.go(() -> ctx.done().recvOk());
    wg.await();
    ctx.cancel();
}
