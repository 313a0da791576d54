// Crawls a small web site until a deadline, each page in its own goroutine.
//
// The main goroutine owns the set of pages seen. Every other goroutine fetches one page and sends a page or an error,
// at the latest when the deadline of the context cancels its request. So the main loop only counts pending requests.
// The example serves the site itself. It has a cycle, a dead link, and a page that hangs.

import module gofer;
import module java.net.http;
import module jdk.httpserver;

import static gofer.Go.*;

final Map<String, String> SITE =
        Map.of(
                "/", "Home <a href=/news> <a href=/about> <a href=/slow>",
                "/news", "News <a href=/> <a href=/news/1> <a href=/news/2>",
                "/news/1", "First <a href=/news/2>",
                "/news/2", "Second <a href=/news/1> <a href=/news/3>",
                "/about", "About us <a href=/>");

record Page(String path, String title, List<String> links) {}

void main() throws IOException {
    var server = serve();
    var client = HttpClient.newHttpClient();
    var home = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (var ctx = Context.background().withTimeout(Duration.ofSeconds(3))) {
        crawl(ctx, client, home).forEach((path, title) -> IO.println(path + ": " + title));
    }
    server.stop(0);
}

SortedMap<String, String> crawl(Context ctx, HttpClient client, URI home) {
    var titles = new TreeMap<String, String>();
    Chan<Page> pages = Chan.make();
    go(() -> pages.send(fetch(ctx, client, home, "/")));
    for (int expected = 1; expected > 0; expected--) {
        var page = pages.recv();
        titles.put(page.path, page.title);
        for (var link : page.links) {
            if (titles.putIfAbsent(link, "...") == null) {
                go(() -> pages.send(fetch(ctx, client, home, link)));
                expected++;
            }
        }
    }
    return titles;
}

/// Returns the page at `path`, or a page that says why there is none.
Page fetch(Context ctx, HttpClient client, URI home, String path) {
    var request = HttpRequest.newBuilder(home.resolve(path)).build();
    var reply = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    var hook = ctx.afterFunc(() -> reply.cancel(true));
    try {
        var response = reply.join();
        if (response.statusCode() != 200) return new Page(path, "status " + response.statusCode(), List.of());
        var text = response.body();
        var links = Pattern.compile("<a href=(.*?)>").matcher(text).results().map(link -> link.group(1)).toList();
        return new Page(path, text.substring(0, text.indexOf(" <a")), links);
    } catch (CancellationException | CompletionException e) {
        var why = ctx.err() != null ? ctx.cause() : e;
        return new Page(path, why.getMessage(), List.of());
    } finally {
        hook.stop();
    }
}

/// Starts a server on a free port, with a goroutine for each request.
HttpServer serve() throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(request -> go(request::run));
    server.createContext("/slow", _ -> block());
    server.createContext("/", this::answer);
    server.start();
    return server;
}

void answer(HttpExchange exchange) throws IOException {
    var text = SITE.get(exchange.getRequestURI().getPath());
    if (text == null) {
        exchange.sendResponseHeaders(404, -1);
    } else {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.getBytes());
    }
    exchange.close();
}
