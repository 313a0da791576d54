package gofer.spring;

import gofer.diagnostics.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the health indicators show, in the terms of no version of Spring Boot.
///
/// @param down whether the status is down
/// @param details the names and values to show
record GroupHealth(boolean down, Map<String, Object> details) {

    private static final Metrics METRICS = new Metrics();

    static GroupHealth of(LifecycleGroup group, HealthProperties properties) {
        var details = new LinkedHashMap<String, Object>();
        details.put("goroutines", group.goroutines().size());
        details.put("leaked", METRICS.getLeaked());
        details.put("failures", group.failures());
        LifecycleGroup.Failure last = group.lastFailure();
        if (last != null) {
            details.put("lastFailure", last.name() + ": " + last.thrown());
        }
        return new GroupHealth(last != null && properties.downOnFailure(), details);
    }
}
