// Asks several suppliers for a price. Their clients belong to another library, which returns a CompletableFuture and
// runs its
// callbacks on an ExecutorService: here, goroutines, at most two at the same time.
//
// Each future becomes a channel, once, so that a select can wait for it together with a timeout. A failed future closes
// its
// channel with the cause. The context ends the requests that are still running when the program has what it needs.

import module gofer;

import static gofer.Go.*;

void main() {
    try (var executor = new GoExecutor(2);
            var ctx = Context.background().withCancel()) {
        var cheap = Futures.chan(CompletableFuture.supplyAsync(() -> 41, executor));
        var broken = Futures.chan(CompletableFuture.supplyAsync(() -> Integer.parseInt("n/a"), executor));
        var silent = Futures.chan(Futures.go(ctx, c -> RecvChan.<Integer>never().recv(c)));
        show("cheap", cheap);
        show("broken", broken);
        show("silent", silent);
    }
}

void show(String supplier, RecvChan<Integer> price) {
    switch (select(price, after(Duration.ofMillis(200)))) {
        case First(Value(var value)) -> IO.println(supplier + ": " + value);
        case First(Closed()) ->
                IO.println(supplier + ": " + price.cause().map(Throwable::getMessage).orElse("no price"));
        case Second(_) -> IO.println(supplier + ": too slow");
    }
}
