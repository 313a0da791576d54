package gofer.race.runtime;

/// What counts of a thread.
enum ThreadKind {
    /// Accesses and edges.
    ORDINARY,
    /// Only edges. Cleaners and finalizers run when an object is unreachable, which is an order that the detector does not see.
    SYSTEM,
    /// Nothing: what orders the threads that run virtual threads does not order the virtual threads.
    CARRIER;

    static ThreadKind of(Thread thread) {
        if (thread.isVirtual()) {
            return ORDINARY;
        }
        String type = thread.getClass().getName();
        if (type.equals("jdk.internal.misc.CarrierThread") || thread.getName().startsWith("VirtualThread-unparker")) {
            return CARRIER;
        }
        ThreadGroup group = thread.getThreadGroup();
        boolean isSystem =
                type.equals("jdk.internal.misc.InnocuousThread") || group != null && group.getParent() == null;
        return isSystem ? SYSTEM : ORDINARY;
    }
}
