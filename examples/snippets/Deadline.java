// A context with a deadline that ends a wait.

import module gofer;

import static gofer.Go.*;

record Page(String text) {}

void main() {
    Chan<Page> reply = Chan.make(); // nothing ever arrives on it
    // @start region="context"
    try (var ctx = Context.background().withTimeout(Duration.ofMillis(50))) { // close() cancels
        Page page =
                switch (select(reply, ctx.done())) {
                    case First(Value(var p)) -> p;
                    case First(Closed()) -> throw new IllegalStateException("no reply");
                    case Second(_) -> throw ctx.cause();
                };
        IO.println(page.text);
    } catch (DeadlineExceededException e) {
        IO.println("too slow");
    }
    // @end
}
