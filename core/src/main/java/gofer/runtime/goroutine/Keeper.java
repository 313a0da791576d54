package gofer.runtime.goroutine;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An object that keeps goroutines alive during a collection that clears the weak references to them.
///
/// Nothing refers to a keeper, and it has a finalizer. So the collector clears the weak references to goroutines that
/// nothing else reaches, as if they were garbage. But it keeps the goroutines for the finalizer, which hands them back.
/// Without the keeper, goroutines that a finalizer of the program may still wake would be lost.
@SuppressWarnings({"removal", "Finalize"}) // works as long as objects of the program can have finalizers
public final class Keeper {

    /// The object through which a search gets the goroutines back. It does not keep the keeper alive.
    public static final class Receipt {

        private volatile @Nullable List<G> returned;
        private @Nullable PhantomReference<Keeper> keeper;

        /// Returns whether the collector has found the keeper. The goroutines then have been returned, or never will
        /// be.
        public boolean isSettled() {
            return returned != null || isLost();
        }

        /// Returns whether the goroutines have been collected with the keeper: this JVM runs no finalizers, not even
        /// those of the program.
        public boolean isLost() {
            return returned == null && Objects.requireNonNull(keeper).refersTo(null);
        }

        /// Returns the goroutines, in the order in which they were given. Can be called once: afterwards the receipt
        /// no longer has them.
        public List<G> take() {
            List<G> goroutines = Objects.requireNonNull(returned);
            returned = List.of();
            return goroutines;
        }
    }

    private final List<G> kept;
    private final Receipt receipt;

    private Keeper(List<G> kept, Receipt receipt) {
        this.kept = kept;
        this.receipt = receipt;
    }

    /// Hands goroutines to a new keeper. The caller must drop its references to them.
    public static Receipt keep(List<G> goroutines) {
        var receipt = new Receipt();
        receipt.keeper = new PhantomReference<>(new Keeper(goroutines, receipt), new ReferenceQueue<>());
        return receipt;
    }

    @Override
    protected void finalize() {
        receipt.returned = kept;
    }
}
