package gofer.context;

import gofer.goroutine.Cancellation;

/// A context that ends with another one.
final class Child extends Dependent implements Cancellation.Registration {

    final CancelContext context;
    private final CancelContext parent;

    Child(CancelContext parent, CancelContext context) {
        this.parent = parent;
        this.context = context;
    }

    /// Lets the context go its own way: called when it has ended.
    @Override
    public boolean stop() {
        return parent.remove(this);
    }
}
