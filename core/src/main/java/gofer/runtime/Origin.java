package gofer.runtime;

import gofer.goroutine.Body;

/// Who starts a goroutine, and where in the program.
///
/// @param creator the id of the goroutine that does, 0 for a thread that is none
/// @param site the innermost frame outside Gofer and the JDK
public record Origin(long creator, StackTraceElement site) {

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
                    return Frames.isInner(lambda.getName()) ? ANYWHERE : Sites.walk();
                }
            };

    /// Of a lambda whose place has to be looked up each time.
    private static final StackTraceElement ANYWHERE = new StackTraceElement("anywhere", "anywhere", null, -1);

    /// The current goroutine, at its current place, as the one that starts `body`, now or later.
    public static Origin of(Object body) {
        return new Origin(
                G.current() instanceof G g ? g.id() : 0,
                site(body instanceof Body wrapper ? wrapper.wrapped().getClass() : body.getClass()));
    }

    private static StackTraceElement site(Class<?> type) {
        StackTraceElement known = type.isHidden() ? LAMBDAS.get(type) : ANYWHERE;
        return known == ANYWHERE ? Sites.walk() : known;
    }

    /// `created by goroutine 1 at Main.main(Main.java:3)`.
    @Override
    public String toString() {
        return "created by " + (creator == 0 ? "a thread" : "goroutine " + creator) + " at " + site;
    }
}
