package gofer.runtime.park;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of a wait target at one instant. It does not keep the target alive.
record TargetSnapshot(
        String kind, String label, String name, @Nullable StackTraceElement site, Map<String, Object> facts)
        implements WaitTarget {}
