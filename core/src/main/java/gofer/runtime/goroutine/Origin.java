package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.runtime.base.Frames;
import gofer.runtime.park.CallSites;
import org.jspecify.annotations.Nullable;

/// The origin of a goroutine: which goroutine started it, and where in the program.
///
/// @param creator the id of the goroutine that started it; 0 if it was started by another thread
/// @param site the innermost frame outside of Gofer and the JDK
/// @param before the creator's own origin; null if it has none, or if the chain would become too long
/// @param length the length of the chain, including this origin
/// @param scope the scope to which the creator, and so this goroutine, belongs; null if none
public record Origin(
        long creator, StackTraceElement site, @Nullable Origin before, int length, @Nullable Object scope) {

    /// The maximum length of the chain. If each goroutine starts the next one, the last must not keep the origins of all.
    private static final int MAX_LENGTH = 16;

    /*
     * Walking the stack takes several times as long as starting a goroutine. But each lambda expression has its own
     * class, so its place is looked up when the class is first seen, and is stored with the class. (A lambda that is
     * kept and passed to `go` at two places is reported at the first. A lambda of Gofer is used by calls from many
     * places, so its place is looked up each time, unless it is a body that returns the body that it wraps.)
     */

    private static final ClassValue<StackTraceElement> LAMBDAS =
            new ClassValue<>() {
                @Override
                protected StackTraceElement computeValue(Class<?> lambda) {
                    return Frames.isInner(lambda.getName()) ? UNCACHED : CallSites.walk();
                }
            };

    /// The cache entry of a lambda whose place must be looked up each time.
    private static final StackTraceElement UNCACHED = new StackTraceElement("anywhere", "anywhere", null, -1);

    /// Returns the origin of a goroutine that the current goroutine starts, now or later, at its current place, to run
    /// `body`.
    public static Origin of(Object body) {
        StackTraceElement site = site(body instanceof Body wrapper ? wrapper.wrapped().getClass() : body.getClass());
        return G.current() instanceof G g ? g.origin().next(g.id(), site) : new Origin(0, site, null, 1, null);
    }

    /// Returns the origin of a goroutine that is started at `place` by the goroutine `id`, which has this origin.
    private Origin next(long id, StackTraceElement place) {
        Origin chain = length < MAX_LENGTH ? this : new Origin(creator, site, null, 1, null);
        return new Origin(id, place, chain, chain.length + 1, scope);
    }

    /// Returns this origin for a goroutine that begins a new scope.
    Origin within(Object newScope) {
        return new Origin(creator, site, before, length, newScope);
    }

    /// Returns whether the goroutine `id`, which has this origin, descends from a goroutine that was started by a
    /// thread that is not a goroutine, after the goroutine `last`. It may be that goroutine itself.
    public boolean isLaterThan(long last, long id) {
        long first = id;
        Origin origin = this;
        while (origin.creator != 0) {
            first = origin.creator;
            if (origin.before == null) { // the rest of the chain is unknown
                break;
            }
            origin = origin.before;
        }
        return first > last;
    }

    private static StackTraceElement site(Class<?> type) {
        StackTraceElement known = type.isHidden() ? LAMBDAS.get(type) : UNCACHED;
        return known == UNCACHED ? CallSites.walk() : known;
    }

    /// Returns a line for each known ancestor, which says what created it: first for the creator, then for the creator of
    /// that goroutine, and so on.
    String ancestors() {
        StringBuilder text = new StringBuilder();
        for (Origin one = this; one.creator > G.MAIN && one.before instanceof Origin earlier; one = earlier) {
            text.append("goroutine ")
                    .append(one.creator)
                    .append(" was ")
                    .append(earlier)
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    /// Returns whether the creator or the place is known.
    public boolean isKnown() {
        return creator != 0 || site != CallSites.UNKNOWN;
    }

    /// Returns for example `created by goroutine 1 at Main.main(Main.java:3)`.
    @Override
    public String toString() {
        return "created by " + (creator == 0 ? "a thread" : "goroutine " + creator) + " at " + site;
    }
}
