// The actions run in one order.

import static gofer.Go.*;

import module gofer;

final Once config = new Once();
final Once log = new Once();

void main() {
    var wg = new WaitGroup();
    wg.go(() -> config.run(() -> log.run(() -> {})));
    wg.go(() -> config.run(() -> log.run(() -> {})));
    wg.await();
    IO.println("ok");
}
