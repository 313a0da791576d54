package gofer.context;

/// The link from a context to a merged context, which ends after it. The thread that ends the context takes it from the list.
final class Follower extends EndCallback {

    final CancelContext merged;

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
