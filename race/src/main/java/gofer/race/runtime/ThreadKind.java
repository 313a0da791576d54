package gofer.race.runtime;

import java.util.Set;

/// What counts of a thread.
enum ThreadKind {
    /// Accesses and edges.
    ORDINARY,
    /// Only edges. Cleaners and finalizers run when an object is unreachable, which is an order that the detector does not see.
    SYSTEM,
    /// Nothing: what orders the threads that run virtual threads does not order the virtual threads.
    CARRIER;

    private static final Set<String> CARRIERS =
            Set.of("gofer.runtime.sched.Carrier", "jdk.internal.misc.CarrierThread");

    static ThreadKind of(Thread thread) {
        if (thread.isVirtual()) {
            return ORDINARY;
        }
        String type = thread.getClass().getName();
        if (CARRIERS.contains(type) || thread.getName().startsWith("VirtualThread-unparker")) {
            return CARRIER;
        }
        ThreadGroup group = thread.getThreadGroup();
        boolean isSystem =
                type.equals("jdk.internal.misc.InnocuousThread") || group != null && group.getParent() == null;
        return isSystem ? SYSTEM : ORDINARY;
    }
}
