// A pipeline with a stage that is a pool of workers. Its results come in any order.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int n = 1; n <= 10; n++) numbers.send(n);
        numbers.close();
    });
    for (int n : square(numbers, 3)) IO.println(n);
}

// @start region="pipeline"
RecvChan<Integer> square(RecvChan<Integer> in, int workers) {
    Chan<Integer> out = Chan.make(workers);
    var wg = new WaitGroup();
    for (int w = 0; w < workers; w++) {
        wg.go(() -> {
            for (int n : in) out.send(n * n);
        });
    }
    go(() -> {
        wg.await();
        out.close();
    });
    return out;
}
// @end
