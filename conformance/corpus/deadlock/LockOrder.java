// Two goroutines lock two mutexes in different orders.

import static gofer.Go.*;

import module gofer;

final Mutex a = new Mutex();
final Mutex b = new Mutex();
final Chan<Boolean> meet = Chan.make();

void main() {
    var wg = new WaitGroup();
    wg.go(() -> {
        a.lock();
        meet.send(true);
        b.lock();
    });
    wg.go(() -> {
        b.lock();
        meet.recv();
        a.lock();
    });
    wg.await();
}
