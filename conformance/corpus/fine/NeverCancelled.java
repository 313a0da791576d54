// A context that ends by itself.

import static gofer.Go.*;

import module gofer;

void main() {
    var ctx = Context.background().withTimeout(Duration.ofMillis(300));
    var wg = new WaitGroup();
    wg.go(() -> ctx.done().recvOk());
    wg.await();
    IO.println(ctx.err() instanceof DeadlineExceededException ? "ok" : "wrong");
}
