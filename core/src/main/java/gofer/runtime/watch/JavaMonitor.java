package gofer.runtime.watch;

import gofer.runtime.park.WaitTarget;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A monitor of Java's, for which a goroutine waits: at a `synchronized`, or in [Object#wait()].
///
/// @param object whose it is; null if that is not known
/// @param isOwnerSought whether somebody owns it who was not found
record JavaMonitor(@Nullable Object object, boolean isOwnerSought) implements WaitTarget {

    @Override
    public String kind() {
        return "monitor";
    }

    @Override
    public String label() {
        return object == null ? "(not known which)" : labelOf(object);
    }

    /// As in the JDK's thread dumps.
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
