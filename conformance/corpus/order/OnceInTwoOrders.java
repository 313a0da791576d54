// Two actions run once, and each needs the other first.

import static gofer.Go.*;

import module gofer;

final Once config = new Once();
final Once log = new Once();

void main() {
    var wg = new WaitGroup();
    wg.go(() -> config.run(() -> log.run(() -> {})));
    wg.go(() -> log.run(() -> config.run(() -> {})));
    wg.await();
}
