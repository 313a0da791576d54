// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

void expect(Runnable code) {}

void expected(Context ctx, Chan<Integer> chan) {
    try {
        ctx.withValue(null, 1); // ok: the exception is expected
        throw new AssertionError();
    } catch (NullPointerException e) {
        IO.println(e);
    }
    try {
        ctx.withTimeout(null); // ok: the exception is expected
    } catch (NullPointerException e) {
        IO.println(e);
    }
    expect(() -> chan.sending(null)); // ok: the exception is expected
    expect(() -> {
        ctx.withValue(null, 1); // ok: the exception is expected
    });
}

void main() {}
