// A subscriber that leaves drains the channel.

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
        feed.forEach(_ -> {});
    });
    left.recvOk();
}
