import com.sun.net.httpserver.HttpServer;
import gofer.race.edges.child.CountingHooks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The main class of a child JVM that uses much of the JDK, and says what came out.
public final class Workload {

    private static final int THREADS = 100_000;
    private static final int REQUESTS = 200;
    private static final int CLASSES = 50;

    private Workload() {}

    public static void main(String[] args) throws Exception {
        System.out.println("threads: " + threads());
        System.out.println("requests: " + requests());
        System.out.println("compiled: " + compile());
        System.out.println("stream: " + IntStream.range(0, 1_000_000).parallel().asLongStream().sum());
        System.out.println("exceptions: " + exceptions());
        long[] counts = CountingHooks.counts();
        System.out.println("edges: " + (counts[0] > THREADS));
        System.out.println("starts: " + (counts[1] > THREADS) + ", ends: " + (counts[2] > THREADS));
        System.out.println("done");
    }

    private static long threads() throws Exception {
        var sum = new AtomicLong();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                executor.execute(sum::incrementAndGet);
            }
        }
        return sum.get();
    }

    private static int requests() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(handlers);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        int port = server.getAddress().getPort();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + server.getAddress().getHostString() + ":" + port + "/"))
                        .build();
        int succeeded = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newHttpClient()) {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                statuses.add(
                        executor.submit(() -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()));
            }
            for (Future<Integer> status : statuses) {
                succeeded += status.get() == 200 ? 1 : 0;
            }
        }
        server.stop(0);
        handlers.close();
        return succeeded;
    }

    private static boolean compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Source> sources = IntStream.range(0, CLASSES).mapToObj(Source::new).toList();
        return compiler.getTask(
                        null,
                        null,
                        null,
                        List.of("-proc:none", "-d", System.getProperty("java.io.tmpdir")),
                        null,
                        sources)
                .call();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final int number;

        Source(int number) {
            super(URI.create("string:///Generated" + number + ".java"), Kind.SOURCE);
            this.number = number;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return String.format(
                    Locale.ROOT,
                    "class Generated%d { java.util.List<String> list = java.util.List.of(\"a\");"
                            + " int sum() { return list.stream().mapToInt(s -> s.length() + %d).sum(); } }",
                    number,
                    number);
        }
    }

    /// Throws through quiet calls and monitors.
    private static int exceptions() throws InterruptedException {
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                new java.util.concurrent.CountDownLatch(-1);
            } catch (IllegalArgumentException _) {
                count++;
            }
            try {
                new java.util.Vector<>().firstElement();
            } catch (java.util.NoSuchElementException _) {
                count++;
            }
        }
        Thread thread = Thread.ofVirtual().unstarted(() -> {});
        thread.start();
        try {
            thread.start();
        } catch (IllegalThreadStateException _) {
            count++;
        }
        thread.join();
        return count;
    }
}
