package gofer.runtime.park;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What something to wait for looked like at one instant. It does not keep it alive.
record TargetSnapshot(
        String kind, String label, String name, @Nullable StackTraceElement site, Map<String, Object> facts)
        implements WaitTarget {}
