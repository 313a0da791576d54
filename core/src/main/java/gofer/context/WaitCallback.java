package gofer.context;

import gofer.runtime.base.InlineCallback;

/// Ends a wait when the context ends. The thread that ends the context runs it.
///
/// It may still run after [#stop] returned false. The wait ignores that.
final class WaitCallback extends EndCallback {

    private final InlineCallback callback;

    WaitCallback(CancelContext context, InlineCallback callback) {
        super(context);
        this.callback = callback;
    }

    @Override
    void start() {
        callback.run();
    }

    @Override
    public boolean stop() {
        return context.remove(this);
    }
}
