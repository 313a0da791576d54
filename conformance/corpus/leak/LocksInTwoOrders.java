// Two goroutines lock two mutexes in different orders.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var a = new Mutex();
    var b = new Mutex();
    Chan<Boolean> meet = Chan.make();
    go(() -> {
        a.lock();
        meet.send(true);
        b.lock();
    });
    go(() -> {
        b.lock();
        meet.recv();
        a.lock();
    });
}
