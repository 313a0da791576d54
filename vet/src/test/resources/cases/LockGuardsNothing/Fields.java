import static gofer.Go.*;

import module gofer;

class Fields {
    private Mutex replaced = new Mutex();
    private RWMutex replacedToo = new RWMutex();
    private Mutex notFinal = new Mutex(); // want LockGuardsNothing
    RWMutex shared = new RWMutex(); // want LockGuardsNothing
    static Mutex everywhere = new Mutex(); // want LockGuardsNothing
    private final Mutex constant = new Mutex(); // ok: final
    private static final RWMutex CONSTANT = new RWMutex(); // ok: final
    private Mutex unused = new Mutex(); // ok: not locked
    private final Locker view = CONSTANT.rLocker(); // ok: no lock of its own
    private int count;

    void reset() {
        replaced = new Mutex(); // want LockGuardsNothing
        replacedToo = new RWMutex(); // want LockGuardsNothing
        count = 0;
    }

    void use() {
        try (var _ = replaced.lock();
                var _ = replacedToo.rLock();
                var _ = notFinal.lock();
                var _ = shared.lock();
                var _ = everywhere.lock();
                var _ = constant.lock();
                var _ = view.lock()) {
            count++;
        }
    }
}
