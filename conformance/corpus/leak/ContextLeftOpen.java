// A context that is never cancelled.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var ctx = Context.background().withCancel();
    go(() -> ctx.done().recvOk());
}
