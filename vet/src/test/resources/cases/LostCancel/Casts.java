// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

void work(Context ctx) {}

void end(Context ctx) {
    if (ctx instanceof CancelContext own) own.cancel();
}

static void close(Context ctx) {
    ((CancelContext) ctx).close();
}

void byAPattern(Context parent) {
    var ctx = parent.withCancel(); // ok: cancelled in the method
    work(ctx);
    end(ctx);
}

void byACast(Context parent) {
    Context ctx = parent.withCancel(); // ok: cancelled in the method
    work(ctx);
    close(ctx);
}

void main() {}
