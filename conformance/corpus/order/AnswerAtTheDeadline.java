// The answer comes at the deadline, perhaps after its receiver has left.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<String> answer = Chan.make();
    go(() -> {
        sleep(Duration.ofMillis(50));
        answer.send("late");
    });
    try (var ctx = Context.background().withTimeout(Duration.ofMillis(50))) {
        select(answer, ctx.done());
    }
}
