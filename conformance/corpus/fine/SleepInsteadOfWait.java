// Waits for the goroutine, however long it takes.

import static gofer.Go.*;

import module gofer;

int answer;

void main() throws InterruptedException {
    var wg = new WaitGroup();
    wg.go(() -> {
        Thread.sleep(1);
        answer = 42;
    });
    Thread.sleep(Duration.ofMillis(30));
    wg.await();
    if (answer != 42) throw new AssertionError("too early");
    IO.println("ok");
}
