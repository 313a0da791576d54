// An alarm that each request postpones. It goes off when no request has come for a while.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<String> requests = Chan.make(2);
    requests.send("one");
    requests.send("two");
    serve(requests);
}

void serve(RecvChan<String> requests) {
    // @start region="alarm"
    var patience = Duration.ofSeconds(1);
    var idle = Alarm.in(patience);
    for (; ; ) {
        switch (select(requests, idle.c())) {
            case First(Value(var request)) -> {
                IO.println("serving " + request);
                idle.reset(patience);
            }
            case First(Closed()), Second(_) -> {
                IO.println("nothing to do");
                return;
            }
        }
    }
    // @end
}
