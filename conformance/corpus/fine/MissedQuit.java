// One select waits for both.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> work = Chan.make();
    Chan<Void> quit = Chan.make();
    var worker = new WaitGroup();
    worker.go(() -> {
        while (select(work, quit) instanceof First(_)) {}
    });
    work.send(1);
    quit.close();
    worker.await();
    IO.println("ok");
}
