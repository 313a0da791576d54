// A subscriber leaves without notice, and the publisher waits for it.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    Chan<Integer> feed = Chan.make(2);
    Chan<Void> left = Chan.make();
    go(() -> {
        for (int i = 0; i < 10; i++) feed.send(i);
        feed.close();
    });
    go(() -> {
        feed.recv();
        left.close();
    });
    left.recvOk();
}
