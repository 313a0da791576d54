// A web server that ends in an orderly way, as service managers, container runtimes and users of Ctrl-C expect.
//
// SIGINT (Ctrl-C) and SIGTERM cancel a context. Then the server accepts no more requests, finishes those in
// progress, and ends with the status that a shell expects. A second Ctrl-C ends it at once, because the context
// receives only one signal.
//
// The example visits itself, and sends itself a SIGTERM during the visit. With the argument `forever` it does not.

import module gofer;
import module java.net.http;
import module jdk.httpserver;

import static gofer.Go.*;

void main(String[] args) throws Exception {
    var ctx = Signals.notifyContext(Context.background(), Signal.SIGINT, Signal.SIGTERM);
    var server = serve(ctx);
    var visitor = new WaitGroup();
    if (args.length == 0) visitor.go(() -> visit(server));
    else IO.println("http://localhost:" + server.getAddress().getPort());

    ctx.done().recvOk();
    IO.println(ctx.cause().getMessage() + ", finishing the requests in progress");
    server.stop(10); // waits for them, at most ten seconds
    visitor.await();
    IO.println("finished");
    if (ctx.cause() instanceof SignalException by) System.exit(by.signal().status());
}

/// Starts a server on a free port, with a goroutine for each request.
HttpServer serve(Context ctx) throws IOException {
    var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.setExecutor(request -> go(request::run));
    server.createContext("/", exchange -> answer(ctx, exchange));
    server.start();
    return server;
}

/// Takes until after the signal, so that the example shows what happens to a request in progress.
void answer(Context ctx, HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/slow")) {
        kill();
        ctx.done().recvOk();
    }
    var text = "hello, " + exchange.getRequestURI().getPath();
    exchange.sendResponseHeaders(200, text.length());
    exchange.getResponseBody().write(text.getBytes());
    exchange.close();
}

void visit(HttpServer server) throws Exception {
    var home = URI.create("http://localhost:" + server.getAddress().getPort());
    try (var client = HttpClient.newHttpClient()) {
        for (var path : List.of("/fast", "/slow")) {
            var request = HttpRequest.newBuilder(home.resolve(path)).build();
            IO.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }
}

/// Sends this process a SIGTERM, as `kill PID` does in a shell.
void kill() throws IOException {
    new ProcessBuilder("sh", "-c", "kill -TERM " + ProcessHandle.current().pid()).start();
}
