package gofer.context;

import org.jspecify.annotations.Nullable;

/// What a context takes along when it ends, and the link by which it stands in the context's list.
abstract sealed class Dependent permits Child, EndCallback {

    // Guarded by the lock of the context, until it ends; then they belong to who ends it.
    boolean listed;
    @Nullable Dependent previous;
    @Nullable Dependent next;
}
