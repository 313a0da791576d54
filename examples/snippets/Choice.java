// Select performs the first of several operations that is ready. With a default, it does not wait.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<String> jobs = Chan.make(1);
    Chan<String> out = Chan.make(1);
    out.send("full");
    try (var ctx = Context.background().withCancel()) {
        jobs.send("a job");
        serve(jobs, out, "a line", ctx);
        IO.println("sent before: " + out.recv());
        serve(jobs, out, "a line", ctx);
        IO.println("sent: " + out.recv());
        jobs.close();
        serve(jobs, out.when(false), "a line", ctx);
        serve(RecvChan.never(), out.when(false), "a line", ctx);
        ctx.cancel();
        serve(RecvChan.never(), out.when(false), "a line", ctx);
    }

    Chan<String> updates = Chan.make(1);
    Chan<Void> quit = Chan.make();
    IO.println(news(updates, quit));
    updates.send("an update");
    IO.println(news(updates, quit));
    quit.close();
    IO.println(news(updates, quit));
    updates.close();
    IO.println(news(updates, RecvChan.never()));
}

void serve(RecvChan<String> jobs, SendChan<String> out, String line, Context ctx) {
    // @start region="select"
    switch (select(jobs, out.sending(line), ctx.done(), after(Duration.ofSeconds(1)))) {
        case First(Value(var job)) -> work(job); // job has its real type
        case First(Closed()) -> IO.println("no more jobs"); // leave it out and it does not compile
        case Second(_) -> {} // sent
        case Third(_) -> IO.println("cancelled");
        case Fourth(_) -> IO.println("idle");
    }
    // @end
}

String news(RecvChan<String> updates, RecvChan<Void> quit) {
    // @start region="trySelect"
    return switch (trySelect(updates, quit)) { // select with a default
        case First(Value(var update)) -> update;
        case First(Closed()) -> "end of stream";
        case Second(_) -> "quitting";
        case Default() -> "nothing new";
    };
    // @end
}

void work(String job) {
    IO.println("working on " + job);
}
