// A biased select performs the first arm that is ready. So a request to stop comes before more work.

import module gofer;

import static gofer.Go.*;

void main() {
    Chan<Void> stop = Chan.make();
    Chan<Integer> work = Chan.make(100);
    for (int i = 0; i < 100; i++) {
        work.send(i);
    }
    stop.close();
    IO.println("done before the stop: " + run(stop, work));
}

/// Returns how much work it has done.
int run(RecvChan<Void> stop, RecvChan<Integer> work) {
    int done = 0;
    // @start region="biased"
    while (true) {
        switch (Biased.select(stop, work)) {
            case First(_) -> { // even if there is work, too
                return done;
            }
            case Second(Value(var _)) -> done++;
            case Second(Closed()) -> {
                return done;
            }
        }
    }
    // @end
}
