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

    private transient Mutex restored = new Mutex();
    private Mutex copied = new Mutex();

    private void readObject(java.io.ObjectInputStream in) throws Exception {
        in.defaultReadObject();
        restored = new Mutex(); // ok: the object is new
    }

    Fields copy() {
        var copy = new Fields();
        copy.copied = new Mutex(); // ok: the object is new
        return copy;
    }

    void use() {
        try (var _ = restored.lock();
                var _ = copied.lock()) {
            count++;
        }
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
