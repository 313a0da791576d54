// The tools from inside a program: two of its goroutines wait for each other, and the program gets a report.

import static gofer.Go.*;

import module gofer;

Mutex a = new Mutex();
Mutex b = new Mutex();

void main() throws Exception {
    Profile.setBlockRate(Duration.ofNanos(1));
    Chan<Integer> jobs = Chan.named("jobs", 4);
    jobs.send(1);
    Chan<List<Stuck>> reports = Chan.make();
    // @start region="watch"
    try (var _ = Deadlocks.watch(stuck -> reports.send(stuck))) { // logs them as well
        lockEachOther();
        for (var stuck : reports.recv()) IO.println(stuck.stack().getFirst() + " waits " + stuck.waits());
    }
    // @end
    // @start region="numbers"
    var numbers = new Metrics();
    IO.println(numbers.getGoroutines() + " goroutines, " + numbers.getWaiting() + " wait");
    for (var chan : numbers.getNamedChans())
        IO.println(chan.name() + ": " + chan.sent() + " sent, " + chan.len() + " left");
    // @end
    // @start region="profile"
    IO.println(Profile.block()); // since Profile.setBlockRate was called
    try (var file = new FileOutputStream(File.createTempFile("goroutines", ".pb.gz"))) {
        Profile.goroutine().write(file); // for go tool pprof
    }
    // @end
}

void lockEachOther() {
    Chan<Boolean> meet = Chan.make();
    go("ab", () -> take(a, b, () -> meet.send(true)));
    go("ba", () -> take(b, a, () -> meet.recv()));
}

void take(Mutex first, Mutex second, Runnable meanwhile) {
    try (var _ = first.lock()) {
        meanwhile.run();
        try (var _ = second.lock()) {
            IO.println("not reached");
        }
    }
}
