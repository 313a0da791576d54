// A context that ends by itself.

import module gofer;

import static gofer.Go.*;

void main() {
    var ctx = Context.background().withTimeout(Duration.ofMillis(300));
    var wg = new WaitGroup();
    wg.go(() -> ctx.done().recvOk());
    wg.await();
    IO.println(ctx.err() instanceof DeadlineExceededException ? "ok" : "wrong");
}
