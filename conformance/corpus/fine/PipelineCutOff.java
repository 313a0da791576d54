// A context cancels all stages of the pipeline.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    try (var ctx = Context.background().withCancel()) {
        var squares = square(ctx, numbers(ctx));
        squares.recv();
    }
}

static RecvChan<Integer> numbers(Context ctx) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int i = 1; i <= 5; i++) {
            if (select(out.sending(i), ctx.done()) instanceof Second(_)) return;
        }
        out.close();
    });
    return out;
}

static RecvChan<Integer> square(Context ctx, RecvChan<Integer> in) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (; ; ) {
            switch (select(in, ctx.done())) {
                case First(Value(var n)) -> {
                    if (select(out.sending(n * n), ctx.done()) instanceof Second(_)) return;
                }
                case First(Closed()) -> {
                    out.close();
                    return;
                }
                case Second(_) -> {
                    return;
                }
            }
        }
    });
    return out;
}
