package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.runtime.base.Frames;
import gofer.runtime.park.CallSites;
import org.jspecify.annotations.Nullable;

/// Who starts a goroutine, and where in the program.
///
/// @param creator the id of the goroutine that does, 0 for a thread that is none
/// @param site the innermost frame outside Gofer and the JDK
/// @param before the creator's own origin; null if it has none, or if the chain would get too long
/// @param length of the chain, this one included
/// @param scope what the creator belongs to, and so this goroutine, if to anything
public record Origin(
        long creator, StackTraceElement site, @Nullable Origin before, int length, @Nullable Object scope) {

    /// A goroutine whose first act is to start the next must not keep the origins of all before it.
    private static final int LONGEST = 16;

    /*
     * Walking the stack costs several times what starting a goroutine does. But each lambda expression has a class of
     * its own, so for those the place is looked up when the class is first seen, and remembered with the class. (A
     * lambda that is kept and passed to `go` at two places is reported at the first. One of Gofer's own is passed on from
     * any number of places: those are looked up each time, unless it is a body that names the one it wraps.)
     */

    private static final ClassValue<StackTraceElement> LAMBDAS =
            new ClassValue<>() {
                @Override
                protected StackTraceElement computeValue(Class<?> lambda) {
                    return Frames.isInner(lambda.getName()) ? ANYWHERE : CallSites.walk();
                }
            };

    /// Of a lambda whose place has to be looked up each time.
    private static final StackTraceElement ANYWHERE = new StackTraceElement("anywhere", "anywhere", null, -1);

    /// The current goroutine, at its current place, as the one that starts `body`, now or later.
    public static Origin of(Object body) {
        StackTraceElement site = site(body instanceof Body wrapper ? wrapper.wrapped().getClass() : body.getClass());
        return G.current() instanceof G g ? g.origin().next(g.id(), site) : new Origin(0, site, null, 1, null);
    }

    /// The origin of a goroutine that is started at `place` by the goroutine `id`, of which this is the origin.
    private Origin next(long id, StackTraceElement place) {
        Origin chain = length < LONGEST ? this : new Origin(creator, site, null, 1, null);
        return new Origin(id, place, chain, chain.length + 1, scope);
    }

    /// The origin, at the same place, of a goroutine that begins a scope of its own.
    Origin within(Object newScope) {
        return new Origin(creator, site, before, length, newScope);
    }

    /// Whether the goroutine `id`, of which this is the origin, or the first of its ancestors was started after the goroutine
    /// `last`, and by a thread that is none.
    public boolean isLaterThan(long last, long id) {
        long first = id;
        Origin origin = this;
        while (origin.creator != 0) {
            first = origin.creator;
            if (origin.before == null) { // more is not known
                break;
            }
            origin = origin.before;
        }
        return first > last;
    }

    private static StackTraceElement site(Class<?> type) {
        StackTraceElement known = type.isHidden() ? LAMBDAS.get(type) : ANYWHERE;
        return known == ANYWHERE ? CallSites.walk() : known;
    }

    /// Who started the creator, who started that one, and so on: a line for each, as far as it is known.
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

    /// Whether there is anything to tell of it.
    public boolean isKnown() {
        return creator != 0 || site != CallSites.UNKNOWN;
    }

    /// `created by goroutine 1 at Main.main(Main.java:3)`.
    @Override
    public String toString() {
        return "created by " + (creator == 0 ? "a thread" : "goroutine " + creator) + " at " + site;
    }
}
