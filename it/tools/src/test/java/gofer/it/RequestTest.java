package gofer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests that a dump shows a request that waits for a goroutine, although its thread is not a goroutine.
final class RequestTest {
    @BeforeAll
    static void build() throws Exception {
        assertThat(Running.gofer("version").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "BOOT_3, /request",
        "BOOT_4, /request",
        "WEB_APPLICATIONS, /shop/request",
    })
    void dumpShowsTheThreadOfARequest(Place place, String path) throws Exception {
        try (var server = Running.start(place.command(true));
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.untilReady() + path)).build();
            var reply = client.sendAsync(request, BodyHandlers.ofString());
            String dump = "";
            while (!dump.contains("\"replies\"")) { // the request has not reached the channel yet
                assertThat(reply).isNotDone();
                dump = server.ask("dump PID").out();
            }
            assertThat(dump).containsPattern("thread .*\\[chan receive.*]:\n\tat .*app\\.Work\\.request\\(Work.java:");
            client.shutdownNow();
        }
    }
}
