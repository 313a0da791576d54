package gofer.runtime.goroutine;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Saves goroutines over a collection that clears the weak references to them.
///
/// Nothing refers to a keeper, and it has a finalizer. So the collector clears the weak references to goroutines that nothing
/// else reaches, as if they were garbage; yet it keeps them, for the finalizer, which gives them back. Without it those would
/// be lost that a finalizer of the program's may still wake.
@SuppressWarnings({"removal", "Finalize"}) // while the program's objects can have finalizers, ours can
public final class Keeper {

    /// What a search holds in the place of the keeper.
    public static final class Receipt {

        private volatile @Nullable List<G> returned;
        private @Nullable PhantomReference<Keeper> keeper;

        /// Whether the collector has taken the keeper, and the goroutines can be had back, or never will.
        public boolean isSettled() {
            return returned != null || isLost();
        }

        /// Whether they have been collected: in this JVM no finalizers run, the program's included.
        public boolean isLost() {
            return returned == null && Objects.requireNonNull(keeper).refersTo(null);
        }

        /// The goroutines, in the order in which they were given. Only once: the receipt forgets them.
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

    /// Gives goroutines to a keeper. The caller has to forget them.
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
