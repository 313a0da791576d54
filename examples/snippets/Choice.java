import module gofer;

import static gofer.Go.*;

void main() {
    Chan<String> jobs = Chan.make(1);
    Chan<String> out = Chan.make();
    Chan<String> updates = Chan.make();
    Chan<Void> quit = Chan.make();
    try (var ctx = Context.background().withCancel()) {
        jobs.send("one job");
        choose(jobs, out, "a line", ctx);
        jobs.close();
        choose(jobs, out, "a line", ctx);
    }
    IO.println(news(updates, quit));
    quit.close();
    IO.println(news(updates, quit));
}

void work(String job) {
    IO.println("work on " + job);
}

void choose(RecvChan<String> jobs, SendChan<String> out, String line, Context ctx) {
    // @start region="select"
    switch (select(jobs, out.sending(line), ctx.done(), after(Duration.ofSeconds(1)))) {
        case First(Value(var job)) -> work(job); // job has its real type
        case First(Closed()) -> {
            return;
        } // leave it out and it does not compile
        case Second(_) -> {} // sent
        case Third(_) -> {
            return;
        }
        case Fourth(_) -> IO.println("idle");
    }
    // @end
}

String news(RecvChan<String> updates, RecvChan<Void> quit) {
    // @start region="trySelect"
    String news = switch (trySelect(updates, quit)) { // select with a default
                case First(Value(var u)) -> u;
                case First(Closed()) -> "end of stream";
                case Second(_) -> "quitting";
                case Default() -> "nothing new";
            };
    // @end
    return news;
}
