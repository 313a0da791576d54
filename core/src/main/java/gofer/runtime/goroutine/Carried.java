package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.goroutine.Goexit;
import org.jspecify.annotations.Nullable;

/// A body that runs another one within the snapshot of a carrier. Several goroutines may run it, as an alarm can be reset.
final class Carried implements Body {

    private final Carrier.Snapshot snapshot;
    private final Body body;

    Carried(Carrier.Snapshot snapshot, Body body) {
        this.snapshot = snapshot;
        this.body = body;
    }

    @Override
    public void run() throws Throwable {
        var once = new Once();
        try {
            snapshot.run(once);
        } catch (Throwable thrown) {
            throw once.failure(thrown);
        }
        if (once.thrown != null) {
            throw once.thrown;
        }
        if (!once.begun) {
            throw new IllegalStateException(snapshot + " did not run the body of the goroutine");
        }
    }

    /// Returns the innermost body.
    @Override
    public Object wrapped() {
        return body.wrapped();
    }

    /// What the snapshot gets: it runs the body once, and keeps what the body throws.
    private final class Once implements Body {

        private final Thread thread = Thread.currentThread();
        private boolean begun; // used only by that thread, like the next field
        private @Nullable Throwable thrown;

        @Override
        public void run() throws Throwable {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException(snapshot + " ran the body of the goroutine in another thread");
            }
            if (begun) {
                throw new IllegalStateException(snapshot + " ran the body of the goroutine twice");
            }
            begun = true;
            try {
                body.run();
            } catch (Throwable failed) {
                thrown = failed;
                throw failed;
            }
        }

        @Override
        public Object wrapped() {
            return Carried.this.wrapped();
        }

        /// Returns what the goroutine throws when the snapshot has thrown `last`. What the body has thrown comes first.
        Throwable failure(Throwable last) {
            if (thrown == null || thrown == last || thrown instanceof Goexit) {
                return last;
            }
            thrown.addSuppressed(last);
            return thrown;
        }
    }
}
