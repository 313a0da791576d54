import module gofer;

import static gofer.Go.*;

void main() {
    Chan<String> jobs = Chan.make();
    Chan<Void> done = Chan.make();
    go(() -> {
        for (int i = 1; i <= 3; i++) jobs.send("job " + i);
        done.close();
    });
    loop(jobs, done);
    IO.println("quit");
}

void work(String job) {
    IO.println(job);
}

void loop(RecvChan<String> jobs, RecvChan<Void> done) {
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
