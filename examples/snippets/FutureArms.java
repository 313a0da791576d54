// Futures of other libraries as arms of a select, and goroutines as futures for other libraries.

import module gofer;

import static gofer.Go.*;

void main() {
    IO.println(first(CompletableFuture.completedFuture("price 42")));
    IO.println(first(new CompletableFuture<>()));
    IO.println(parallel().join());
}

String first(CompletableFuture<String> future) {
    // @start region="chan"
    RecvChan<String> price = Futures.chan(future); // once for each future
    return switch (select(price, after(Duration.ofMillis(20)))) {
        case First(Value(var value)) -> value;
        case First(Closed()) -> "failed: " + price.cause(); // or the result is null
        case Second(_) -> "too slow";
    };
    // @end
}

CompletableFuture<String> parallel() {
    Chan<String> words = Chan.make();
    go(() -> words.send("hello"));
    // @start region="go"
    CompletableFuture<String> word = Futures.go(Context.background(), ctx -> words.recv(ctx));
    word.orTimeout(10, TimeUnit.SECONDS); // ends the receive, too
    // @end
    return word.thenApply(String::toUpperCase);
}
