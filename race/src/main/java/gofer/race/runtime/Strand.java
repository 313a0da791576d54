package gofer.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A thread as the detector sees it. Only that thread uses it.
final class Strand {

    private static final int RECENT = 4096;

    /// Strands by the numbers of their threads.
    private static final @Nullable Strand[] recent = new @Nullable Strand[RECENT];

    private static final ThreadLocal<Strand> OWN =
            new ThreadLocal<>() {
                @Override
                protected Strand initialValue() {
                    return new Strand(Thread.currentThread());
                }
            };

    /// Whether a hook of the thread is running. Another one that is called meanwhile returns at once.
    boolean busy;

    final CurrentEpoch now = new CurrentEpoch();

    /// Whether something was accessed since the last release.
    boolean accessed;

    /// Whether an access of the strand was ever recorded.
    boolean everAccessed;

    /// What the strand has just accessed.
    final Filter filter = new Filter(now);

    /// Whether the thread is one of those that [Initializers] counts.
    boolean isCounted;

    /// What is known about the thread, for reports.
    @Nullable Origin origin;

    private final long threadId; // not the thread, which may be leaked; 0 in tests
    private ThreadKind kind = ThreadKind.ORDINARY;
    private boolean isReady; // whether the strand has acquired the start of the thread
    private boolean ordered = true; // whether edges count
    private boolean hasEnded;
    private int quiet; // the depth of calls
    private int initializers; // the depth of calls

    private Block block = Block.NONE; // identify sets it
    private int id;
    private int time; // of accesses now
    private int version; // of the last stamp
    private Clock clock = Clock.EMPTY; // of what others did
    private @Nullable Stamp released; // the last one
    private boolean acquired; // whether the clock has changed since then
    private final Versions versions = new Versions(); // of the stamps of one strand that were acquired
    private @Nullable Stamp merged; // the last stamp of several strands that was acquired
    private long[] initialized = {}; // the numbers of the classes whose initializers are known, as a set

    /// Creates a strand.
    ///
    /// @param thread null in tests
    Strand(@Nullable Thread thread) {
        this.threadId = thread == null ? 0 : thread.threadId();
        this.isReady = thread == null;
        Block.identify(this);
    }

    /// Returns the strand of the current thread.
    static Strand current() {
        Thread thread = Thread.currentThread();
        long id = thread.threadId();
        Strand strand = recent[(int) id & RECENT - 1];
        return strand != null && strand.threadId == id ? strand : find(thread);
    }

    private static Strand find(Thread thread) {
        Strand strand = OWN.get();
        if (strand.isReady) {
            recent[(int) thread.threadId() & RECENT - 1] = strand;
        } else if (strand.enter()) {
            strand.begin(thread);
        }
        return strand;
    }

    private void begin(Thread ofStrand) {
        try {
            kind = ThreadKind.of(ofStrand);
            if (kind != ThreadKind.CARRIER) {
                Threads.begin(this, ofStrand);
            }
            isReady = true;
            refresh();
        } catch (Throwable _) {
            Detector.missed++; // the next hook tries again; until then, nothing counts
        } finally {
            busy = false;
        }
    }

    /// Returns the strand of the current thread, which is now busy. Returns null if accesses do not count now, or if there is no
    /// object: then the access throws an exception.
    static @Nullable Strand accessing(@Nullable Object object) {
        return Detector.on
                        && object != null
                        && current() instanceof Strand strand
                        && strand.epoch() != 0
                        && strand.enter()
                ? strand
                : null;
    }

    /// Returns the strand of the current thread, which is now busy. Returns null if edges do not count now.
    static @Nullable Strand ordering() {
        return Detector.on && current() instanceof Strand strand && strand.ordered && strand.enter() ? strand : null;
    }

    /// Returns the strand of the current thread, which is now busy, though it may be quiet. Returns null if it is of a carrier.
    static @Nullable Strand living() {
        return Detector.on && current() instanceof Strand strand && strand.kind != ThreadKind.CARRIER && strand.enter()
                ? strand
                : null;
    }

    /// Makes the strand busy. Returns false if it is busy already.
    private boolean enter() {
        if (busy) {
            return false;
        }
        busy = true;
        return true;
    }

    /// Gives the strand an identity that it has from now on. Called by [Block].
    void identify(Block ofStrand, int newId) {
        block = ofStrand;
        id = newId;
        time = 1;
        version = 0;
        refresh();
    }

    /// Returns the epoch of accesses; 0 while they do not count.
    long epoch() {
        return now.value;
    }

    int id() {
        return id;
    }

    Block block() {
        return block;
    }

    void enterQuiet() {
        quiet++;
        refresh();
    }

    void exitQuiet() {
        quiet = Math.max(0, quiet - 1);
        refresh();
    }

    void enterInitializer() {
        initializers++;
        refresh();
    }

    void exitInitializer() {
        initializers = Math.max(0, initializers - 1);
        refresh();
    }

    private void refresh() {
        ordered = isReady && quiet == 0 && kind != ThreadKind.CARRIER;
        boolean counts = ordered && initializers == 0 && kind == ThreadKind.ORDINARY && !hasEnded;
        now.value = counts ? (long) id << Integer.SIZE | time : 0;
    }

    /// Records that an access in the current epoch was recorded.
    void access() {
        accessed = true;
        everAccessed = true;
    }

    /// Returns whether what was done in an epoch happens before what this strand does now.
    boolean knows(long earlier) {
        int other = (int) (earlier >>> Integer.SIZE);
        return other == id || clock.get(other) >= (int) earlier;
    }

    private boolean knows(Stamp stamp) {
        return stamp.isOfSeveral() ? stamp == merged : stamp.id == id || versions.contains(stamp);
    }

    /// Adds what is known from a stamp to what the strand knows.
    void acquire(@Nullable Stamp stamp) {
        if (stamp == null || knows(stamp)) {
            return;
        }
        Clock joined = clock.join(stamp.whole());
        if (joined != clock) {
            clock = joined;
            acquired = true;
        }
        if (stamp.isOfSeveral()) {
            merged = stamp;
        } else {
            versions.add(stamp);
        }
    }

    /// Returns whether the strand knows what the initializer of a class did.
    boolean hasInitialized(int number) {
        long[] known = initialized;
        int word = number / Long.SIZE;
        return word < known.length && (known[word] & 1L << number) != 0;
    }

    void addInitialized(int number) {
        int word = number / Long.SIZE;
        if (word >= initialized.length) {
            initialized = Arrays.copyOf(initialized, Math.max(word + 1, initialized.length * 2));
        }
        initialized[word] |= 1L << number;
    }

    /// Returns a stamp of all that the strand has done and knows. What it does later is not in the stamp.
    ///
    /// The time changes only after an access. Otherwise two strands without accesses that acquire from each other would learn a
    /// new time of the other forever.
    Stamp release() {
        Stamp last = released;
        if (last != null && !accessed && !acquired) {
            return last;
        }
        if (!hasEnded && (time == Integer.MAX_VALUE || version == Integer.MAX_VALUE)) {
            renew();
        }
        Stamp stamp = new Stamp(clock, block, id, version + 1, lastTime());
        // From here on, no calls: if the stack is full, either all of this happens or nothing.
        released = stamp;
        version++;
        acquired = false;
        if (accessed) {
            accessed = false;
            time++;
            now.value = now.value == 0 ? 0 : now.value + 1;
        }
        return stamp;
    }

    /// Returns the time of the last access; 0 if there was none.
    private int lastTime() {
        return accessed ? time : time - 1;
    }

    /// Takes another identity, because the times or the versions of the current one are used up.
    private void renew() {
        block.end(id, lastTime());
        clock = clock.with(block, id, lastTime());
        accessed = false;
        acquired = true;
        Block.identify(this);
        if (origin != null) {
            Origins.add(id, origin);
        }
    }

    /// Returns what is released on a variable on which `previous` was released.
    Stamp releaseAfter(@Nullable Stamp previous) {
        Stamp stamp = release();
        return previous == null || knows(previous) ? stamp : Stamp.join(previous, stamp);
    }

    /// Records that the thread ends. Its accesses no longer count, but its edges do. Returns its last stamp.
    Stamp end() {
        if (!hasEnded) {
            hasEnded = true;
            refresh();
            filter.clear();
            block.end(id, lastTime());
        }
        return release();
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /// Continues as if the strand had almost used up its times, for tests.
    void exhaust() {
        time = Math.max(time, Integer.MAX_VALUE - 1);
        accessed = true;
        refresh();
    }
}
