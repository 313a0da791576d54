package gofer.race.edges;

/// How an atomic operation orders threads.
///
/// @param acquires whether an acquire follows it
/// @param releases whether a release precedes it
record Order(boolean acquires, boolean releases) {

    static final Order NONE = new Order(false, false);

    /// Returns the order of an operation of `Unsafe` or `VarHandle`. An operation without order, beside which the JDK's code has
    /// a fence or a volatile access, counts as one with order, unless `exact`.
    static Order of(String operation, boolean exact) {
        boolean reads = operation.startsWith("get");
        boolean writes = operation.startsWith("put") || operation.startsWith("set") || operation.startsWith("getAnd");
        if (!reads && !writes) { // compares and sets
            reads = true;
            writes = true;
        }
        if (exact && isPlain(operation)) {
            return NONE;
        }
        return new Order(reads && !operation.endsWith("Release"), writes && !operation.endsWith("Acquire"));
    }

    private static boolean isPlain(String operation) {
        boolean mayBePlain =
                operation.startsWith("get") && !operation.startsWith("getAnd")
                        || operation.startsWith("put")
                        || operation.startsWith("set");
        boolean isOrdered =
                operation.endsWith("Volatile") || operation.endsWith("Acquire") || operation.endsWith("Release");
        return operation.endsWith("Plain") || operation.endsWith("Opaque") || mayBePlain && !isOrdered;
    }

    boolean isNone() {
        return !acquires && !releases;
    }

    /// Returns this order without the acquire.
    Order withoutAcquire() {
        return new Order(false, releases);
    }
}
