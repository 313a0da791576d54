package gofer.context;

import gofer.goroutine.Cancellation;

/// A context that ends with its parent.
final class Child extends Dependent implements Cancellation.Registration {

    final CancelContext context;
    private final CancelContext parent;

    Child(CancelContext parent, CancelContext context) {
        this.parent = parent;
        this.context = context;
    }

    /// Removes the context from the parent's list. Called when the context has ended.
    @Override
    public boolean stop() {
        return parent.remove(this);
    }
}
