package gofer.context;

import org.jspecify.annotations.Nullable;

/// An element of a context's list of dependents: what the end of the context ends or starts.
abstract sealed class Dependent permits Child, EndCallback {

    // Guarded by the lock of the context until the context ends; then owned by the thread that ends it.
    boolean listed;
    @Nullable Dependent previous;
    @Nullable Dependent next;
}
