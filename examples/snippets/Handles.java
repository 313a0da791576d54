// A select with arms that are registered once: for a set of channels known only at run time, and for hot loops.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<String> jobs = Chan.make(3);
    Chan<Void> done = Chan.make();
    for (var job : List.of("one", "two", "three")) jobs.send(job);
    jobs.close();
    run(jobs, done);
    IO.println("no more jobs");
    done.close();
    run(RecvChan.never(), done);
    IO.println("done");
}

void run(RecvChan<String> jobs, RecvChan<Void> done) {
    // @start region="handles"
    var sel = new Select();
    var job = sel.recv(jobs);
    var quit = sel.recv(done);
    for (; ; ) {
        var arm = sel.await(); // poll() is the form with a default
        if (arm == quit || arm == job && job.closed()) return;
        work(job.value());
    }
    // @end
}

void work(String job) {
    IO.println("working on " + job);
}
