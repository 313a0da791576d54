// The channel is buffered, so a late answer does not block its sender.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<String> answer = Chan.make(1);
    go(() -> {
        sleep(Duration.ofMillis(20));
        answer.send("late");
    });
    try (var ctx = Context.background().withTimeout(Duration.ofMillis(20))) {
        select(answer, ctx.done());
    }
    IO.println("ok");
}
