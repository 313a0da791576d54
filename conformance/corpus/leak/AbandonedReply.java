// The caller gives up, and the reply has no receiver.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<String> reply = Chan.make();
    Chan<Void> gaveUp = Chan.make();
    go(() -> {
        gaveUp.recvOk();
        reply.send("late");
    });
    trySelect(reply);
    gaveUp.close();
}
