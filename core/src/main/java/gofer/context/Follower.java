package gofer.context;

import org.jspecify.annotations.Nullable;

/// The link from a context to a merged context, which ends after it. The thread that ends the context takes it from the
/// list.
final class Follower extends EndCallback {

    final CancelContext merged;
    @Nullable Follower following; // the next of those that have to be ended; used by the thread that ends the context

    Follower(CancelContext context, CancelContext merged) {
        super(context);
        this.merged = merged;
    }

    /// Does nothing: [CancelContext] ends the merged context itself, without recursion.
    @Override
    void start() {}

    @Override
    public boolean stop() {
        return context.remove(this);
    }
}
