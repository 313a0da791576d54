package gofer.it;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.it.Running.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the starter in applications of Spring Boot 3 and 4, which contain the same jar of the starter.
final class StarterTest {

    /// The status of a program that SIGTERM has ended.
    private static final int TERMINATED = 128 + 15;

    private final HttpClient client = HttpClient.newHttpClient();

    private static Running start(String module, String grace, String argument) throws Exception {
        return Running.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Dserver.port=0",
                        "-Dmanagement.endpoints.web.exposure.include=health,metrics",
                        "-Dmanagement.endpoint.health.show-details=always",
                        "-Dgofer.health.down-on-failure=true",
                        "-Dspring.lifecycle.timeout-per-shutdown-phase=" + grace,
                        "-jar",
                        Built.boot(module).toString(),
                        argument));
    }

    private static HttpRequest.Builder request(String port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> get(String port, String path) throws Exception {
        return client.send(request(port, path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String port, String path) throws Exception {
        return client.send(request(port, path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"starter3", "starter4"})
    void goroutinesFinishTheirWorkBeforeTheApplicationEnds(String module) throws Exception {
        try (client;
                var program = start(module, "5m", "")) {
            String port = program.untilReady();
            assertThat(post(port, "/orders/tea").body()).isEqualTo("accepted\n");
            program.untilOut("packed tea");
            assertThat(get(port, "/stores").body()).isEqualTo("started");
            var waiting = client.sendAsync(request(port, "/news").build(), BodyHandlers.ofString());
            program.untilOut("waiting for news");
            program.terminate();
            Outcome outcome = program.untilOver();
            assertThat(waiting.join().body()).isEqualTo("no news before the shutdown");
            assertThat(outcome.out())
                    .contains("packed last item", "all packed", "closed north", "closed south")
                    .doesNotContain("have not ended");
            assertThat(outcome.status()).isEqualTo(TERMINATED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starter3", "starter4"})
    void goroutineThatDoesNotEndIsNamed(String module) throws Exception {
        try (client;
                var program = start(module, "100ms", "stuck")) {
            program.untilReady();
            program.terminate();
            Outcome outcome = program.untilOver();
            assertThat(outcome.out())
                    .contains("all packed", "have not ended during the shutdown: \"stuck\" [chan receive]\n")
                    .containsPattern("goroutine \\d+ \"stuck\" \\[chan receive.*]:\n\tat .*app\\.More\\.")
                    .containsPattern("created by a thread at .*app\\.More\\.ready\\(");
            assertThat(outcome.status()).isEqualTo(TERMINATED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starter3", "starter4"})
    void actuatorShowsHealthAndMetrics(String module) throws Exception {
        try (client;
                var program = start(module, "5m", "")) {
            String port = program.untilReady();
            var healthy = get(port, "/actuator/health/gofer");
            assertThat(healthy.statusCode()).isEqualTo(200);
            assertThat(healthy.body()).contains("\"status\":\"UP\"", "\"goroutines\":1", "\"failures\":0");
            assertThat(get(port, "/actuator/metrics/gofer.goroutines").body())
                    .contains("\"name\":\"gofer.goroutines\"");
            assertThat(get(port, "/actuator/metrics/gofer.turns").statusCode()).as("Gofer's scheduler").isEqualTo(200);
            assertThat(get(port, "/actuator/metrics/gofer.chan.sent?tag=chan:orders").statusCode()).isEqualTo(200);
            assertThat(get(port, "/fail").body()).isEqualTo("started");
            var sick = get(port, "/actuator/health/gofer");
            while (sick.body().contains("\"failures\":0")) sick = get(port, "/actuator/health/gofer"); // still running
            assertThat(sick.statusCode()).isEqualTo(503);
            assertThat(sick.body())
                    .contains("\"status\":\"DOWN\"", "\"failing: java.lang.IllegalStateException: broken\"");
            program.terminate();
            assertThat(program.untilOver().out())
                    .containsPattern("ERROR .* gofer\\.spring\\.ApplicationGroup +: Goroutine \"failing\" has failed")
                    .contains("java.lang.IllegalStateException: broken");
        }
    }
}
