package plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// With the agent, a test of plain Java fails if the tested class is wrong under some schedule.
class PlainJavaTest {
    /// Returns the failure of each test by its name. The text is empty if the test passed.
    private static Map<String, String> results(Class<?> tests) {
        Map<String, String> results = new HashMap<>();
        var request =
                LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(tests)).build();
        LauncherFactory.create()
                .execute(
                        request,
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    String id = test.getUniqueId();
                                    results.put(
                                            id.replaceFirst(".*\\[test-template:(\\w+).*", "$1"),
                                            result.getThrowable().map(String::valueOf).orElse(""));
                                }
                            }
                        });
        return results;
    }

    private static void has(String message, String... parts) {
        for (String part : parts) assertTrue(message.contains(part), () -> part + " is not in: " + message);
    }

    @Test
    void faultsAreFoundAndExplained() {
        Map<String, String> results = results(Broken.class);
        assertEquals(4, results.size());
        has(
                results.getOrDefault("checkThenAct", ""),
                "expected: <1> but was: <2>",
                "call containsKey on ConcurrentHashMap 1",
                "call put on ConcurrentHashMap 1",
                "Account.java:");
        has(
                results.getOrDefault("lostUpdate", ""),
                "data race on Account.total",
                "read by goroutine",
                "earlier write by goroutine",
                "Account.java:");
        has(
                results.getOrDefault("deadlock", ""),
                "deadlock",
                "enter monitor of Account 1",
                "enter monitor of Account 2",
                "waits to enter monitor plain.Account",
                "blocked by goroutine");
        has(
                results.getOrDefault("lostNotify", ""),
                "deadlock",
                "wait on Object 1",
                "notifyAll on Object 1",
                "Object.wait");
    }

    @Test
    void correctedClassPassesAllSchedules() {
        assertEquals(
                Map.of("checkThenAct", "", "lostUpdate", "", "deadlock", "", "lostNotify", ""), results(Mended.class));
    }
}
