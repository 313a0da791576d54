package gofer.site;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A tab of a browser, controlled by the Chrome DevTools Protocol.
final class Tab {
    private final Gson gson = new Gson();
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> responses = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable String session;

    Tab(HttpClient client, URI browser) {
        socket = client.newWebSocketBuilder().buildAsync(browser, new Messages()).join();
        String target = call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").getAsString();
        session =
                call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                        .get("sessionId")
                        .getAsString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) call(domain + ".enable", Map.of());
    }

    JsonObject call(String method, Map<String, ?> parameters) {
        var message = new JsonObject();
        int id = calls.incrementAndGet();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", gson.toJsonTree(parameters));
        if (session != null) message.addProperty("sessionId", session);
        var response = new CompletableFuture<JsonObject>();
        responses.put(id, response);
        socket.sendText(gson.toJson(message), true).join();
        JsonObject result = response.orTimeout(30, SECONDS).join();
        if (result.has("error")) throw new IllegalStateException(method + ": " + result);
        return result.getAsJsonObject("result");
    }

    /// Loads a page and its resources. Returns the events of that time.
    List<Event> open(String url) throws InterruptedException {
        events.clear();
        call("Page.navigate", Map.of("url", url));
        return loaded();
    }

    /// Waits until a page is loaded. Returns the events of that time.
    List<Event> loaded() throws InterruptedException {
        var seen = new ArrayList<Event>();
        do {
            Event event = events.poll(60, SECONDS);
            if (event == null) throw new IllegalStateException("the page did not load; events so far: " + seen);
            seen.add(event);
        } while (!seen.getLast().name().equals("Page.loadEventFired"));
        evaluate("new Promise((resolve) => setTimeout(resolve))"); // tasks of its scripts
        events.drainTo(seen);
        return seen;
    }

    /// @param name the method of the protocol
    record Event(String name, JsonObject parameters) {
        /// Returns the value at a path of names in the parameters.
        String text(String... path) {
            JsonElement at = parameters;
            for (String name : path) at = at.getAsJsonObject().get(name);
            return at.getAsString();
        }
    }

    /// Returns the value of a JavaScript expression. If that is a promise, waits for it and returns its value.
    JsonElement evaluate(String expression) {
        var parameters =
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true);
        JsonObject response = call("Runtime.evaluate", parameters);
        if (response.has("exceptionDetails")) throw new IllegalStateException(expression + ": " + response);
        JsonObject result = response.getAsJsonObject("result");
        return result.has("value") ? result.get("value") : new JsonObject();
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Sets the colours that the system prefers: `light` or `dark`.
    void scheme(String scheme) {
        var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    void press(String key, int code) {
        var event = Map.of("key", key, "code", key, "windowsVirtualKeyCode", code);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            var all = new HashMap<String, Object>(event);
            all.put("type", type);
            call("Input.dispatchKeyEvent", all);
        }
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        String png = call("Page.captureScreenshot", Map.of()).get("data").getAsString();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (message.has("id")) complete(message);
                else events.add(new Event(message.get("method").getAsString(), message.getAsJsonObject("params")));
            }
            from.request(1);
            return null;
        }

        private void complete(JsonObject message) {
            var waiting = responses.remove(message.get("id").getAsInt());
            if (waiting != null) waiting.complete(message);
        }
    }
}
