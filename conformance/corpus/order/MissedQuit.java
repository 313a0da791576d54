// The check for quit and the wait for work are two steps.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> work = Chan.make();
    Chan<Void> quit = Chan.make();
    var worker = new WaitGroup();
    worker.go(() -> {
        while (trySelect(quit) == null) work.recv();
    });
    work.send(1);
    quit.close();
    worker.await();
}
