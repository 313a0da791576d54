// A pool of workers: three goroutines take jobs from one channel and put results on another.
//
// Closing `jobs` tells the workers that no more jobs will come. When the last worker has ended, `results` is closed
// too, because nothing more can be sent. Which worker gets which job is up to chance, so the results are sorted at the
// end.

import module gofer;

import static gofer.Go.*;

record Result(int number, int steps) {}

void main() {
    Chan<Integer> jobs = Chan.make();
    Chan<Result> results = Chan.make();

    var workers = new WaitGroup();
    for (int w = 0; w < 3; w++) {
        workers.go(() -> {
            for (int number : jobs) results.send(new Result(number, stepsToOne(number)));
        });
    }
    go(() -> {
        workers.await();
        results.close();
    });
    go(() -> {
        for (int number = 1; number <= 20; number++) jobs.send(number);
        jobs.close();
    });

    var steps = new TreeMap<Integer, Integer>();
    for (var result : results) steps.put(result.number, result.steps);
    steps.forEach((number, count) -> IO.println(number + " takes " + count + " steps to 1"));
}

/// Counts the steps from `n` to 1: halve an even number, triple an odd one and add 1. (Collatz)
int stepsToOne(long n) {
    int steps = 0;
    for (; n != 1; steps++) n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    return steps;
}
