// Two goroutines take two locks in different orders.

import module gofer;

import static gofer.Go.*;

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
