package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Closed;
import gofer.chan.Empty;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.ContextException;

/// Assertions about contexts.
final class Expect {

    private Expect() {}

    static void live(Context context) {
        assertThat(context.done().tryRecv()).as("%s", context).isInstanceOf(Empty.class);
        assertThat(context.err()).isNull();
        assertThat(context.cause()).isNull();
    }

    static void canceled(Context context) {
        done(context, CanceledException.class);
    }

    static void done(Context context, Class<? extends ContextException> how) {
        assertThat(context.done().tryRecv()).as("%s", context).isInstanceOf(Closed.class);
        assertThat(context.err()).isExactlyInstanceOf(how);
    }
}
