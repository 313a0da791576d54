package gofer.runtime.watch;

import gofer.runtime.park.WaitTarget;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Java monitor for which a goroutine waits, at a `synchronized` or in [Object#wait()].
///
/// @param object the object of the monitor; null if it is not known
/// @param isOwnerSought whether the owner was looked for and not found
record JavaMonitor(@Nullable Object object, boolean isOwnerSought) implements WaitTarget {

    @Override
    public String kind() {
        return "monitor";
    }

    @Override
    public String label() {
        return object == null ? "(object not known)" : labelOf(object);
    }

    /// Returns the name that the JDK's thread dumps use.
    static String labelOf(Object object) {
        return Objects.toIdentityString(object);
    }

    @Override
    public @Nullable StackTraceElement site() {
        return null;
    }

    @Override
    public Map<String, Object> facts() {
        return isOwnerSought ? Map.of("owner not known", true) : Map.of();
    }
}
