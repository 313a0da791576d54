// The channel has room for the reply even if no goroutine receives it.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<String> reply = Chan.make(1);
    Chan<Void> gaveUp = Chan.make();
    go(() -> {
        gaveUp.recvOk();
        reply.send("late");
    });
    trySelect(reply);
    gaveUp.close();
}
