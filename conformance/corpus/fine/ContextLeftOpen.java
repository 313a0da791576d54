// Closing the context cancels it.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    try (var ctx = Context.background().withCancel()) {
        go(() -> ctx.done().recvOk());
    }
}
