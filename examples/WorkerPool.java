// A fixed number of workers take jobs from one channel and put results on another.

import module gofer;

import static gofer.Go.*;

record Result(int job, long steps) {}

void main() {
    Chan<Integer> jobs = Chan.make();
    Chan<Result> results = Chan.make();
    var workers = new WaitGroup();
    for (int w = 0; w < 3; w++) {
        workers.go(
                "worker " + w,
                () -> {
                    for (int job : jobs) results.send(new Result(job, collatz(job)));
                });
    }
    go(() -> {
        for (int job = 1; job <= 9; job++) jobs.send(job);
        jobs.close();
        workers.await();
        results.close();
    });
    for (var result : results) IO.println(result.job() + " reaches 1 in " + result.steps() + " steps");
}

long collatz(long n) {
    long steps = 0;
    for (; n != 1; steps++) n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    return steps;
}
