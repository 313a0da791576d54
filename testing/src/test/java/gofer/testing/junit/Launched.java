package gofer.testing.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// The result of running test classes as a build or an IDE does.
///
/// @param results the result of each test by its legacy name: `SUCCESSFUL`, or the status and the exception
/// @param entries the entries of the report, by the same names
record Launched(Map<String, String> results, Map<String, String> entries) {

    static Launched of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    static Launched of(Map<String, String> configuration, Class<?>... classes) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(Stream.of(classes).map(type -> selectClass(type)).toList())
                        .configurationParameters(configuration)
                        .build();
        var all = new Launched(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        LauncherFactory.create().execute(request, all.new Listener());
        return new Launched(new TreeMap<>(all.results), new TreeMap<>(all.entries));
    }

    /// Returns the result of the only test.
    String result() {
        return results.values().stream().collect(Collectors.joining("\n"));
    }

    private final class Listener implements TestExecutionListener {

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                String thrown = result.getThrowable().map(t -> ": " + t).orElse("");
                results.put(name(test), result.getStatus() + thrown);
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            results.put(name(test), "SKIPPED");
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            entries.put(name(test), String.valueOf(entry.getKeyValuePairs().get("exploration")));
        }

        private static String name(TestIdentifier test) {
            return test.getLegacyReportingName() + (test.isTest() ? " " + test.getDisplayName() : "");
        }
    }
}
