// Stages of a pipeline, and stages that are written as loops.

import module gofer;

import static gofer.Go.*;

record Page(String url, List<String> links) {}

void main() throws Exception {
    var ctx = Context.background();
    IO.println(storeAll(ctx, List.of("one", "two", "three")));
    try {
        IO.println(storeAll(ctx, List.of("one", "missing", "never")));
    } catch (ChanClosedException failed) {
        IO.println("failed: " + failed.getCause().getMessage());
    }
    IO.println(find(ctx, List.of("one", "two", "never"), "two/b"));
    try (var p = Pipeline.withContext(ctx)) {
        IO.println(join(links(p, produced(p))));
        IO.println(join(firstTwo(p, endless(p))));
        IO.println(byLength(p, produced(p)));
        IO.println(storedInParallel(p, p.batch(produced(p), 2)));
    }
}

int storeAll(Context ctx, List<String> urls) {
    int stored = 0;
    // @start region="pipeline"
    try (var p = Pipeline.withContext(ctx)) {
        RecvChan<String> todo =
                p.produce((c, out) -> {
                    for (String url : urls) out.send(c, url);
                });
        RecvChan<Page> pages = p.map(todo, 8, (c, url) -> fetch(c, url)); // at most 8 at the same time
        RecvChan<List<Page>> batches = p.batch(pages, 100, Duration.ofSeconds(1));
        for (List<Page> batch : batches) stored += store(batch); // throws the failure of any stage
    }
    // @end
    return stored;
}

RecvChan<Integer> endless(Pipeline p) {
    // @start region="produce"
    RecvChan<Integer> numbers =
            p.produce((ctx, out) -> {
                for (int i = 0; true; i++) out.send(ctx, i); // until the pipeline is closed
            });
    // @end
    return numbers;
}

RecvChan<Page> produced(Pipeline p) {
    return p.produce((ctx, out) -> {
        for (String url : List.of("one", "two", "three")) out.send(ctx, fetch(ctx, url));
    });
}

RecvChan<String> links(Pipeline p, RecvChan<Page> pages) {
    // @start region="flat-map"
    RecvChan<String> links =
            p.produce((ctx, out) -> {
                for (Page page : pages) {
                    for (String link : page.links()) out.send(ctx, link);
                }
            });
    // @end
    return links;
}

RecvChan<Integer> firstTwo(Pipeline p, RecvChan<Integer> numbers) {
    // @start region="take"
    RecvChan<Integer> some =
            p.produce((ctx, out) -> {
                for (int i = 0; i < 2; i++) out.send(ctx, numbers.recv(ctx));
            });
    // @end
    return some;
}

// @start region="stream"
Stream<Page> fetchAll(Context ctx, List<String> urls) {
    var p = Pipeline.withContext(ctx);
    RecvChan<String> todo =
            p.produce((c, out) -> {
                for (String url : urls) out.send(c, url);
            });
    return p.stream(p.map(todo, 8, (c, url) -> fetch(c, url)));
}

// @end

Optional<Page> find(Context ctx, List<String> urls, String link) {
    // @start region="close-the-stream"
    try (Stream<Page> pages = fetchAll(ctx, urls)) {
        return pages.filter(page -> page.links().contains(link)).findFirst(); // stops the other fetches
    }
    // @end
}

int byLength(Pipeline p, RecvChan<Page> pages) {
    // @start region="split"
    List<RecvChan<Page>> parts = p.split(pages, 2, page -> page.url().length() > 3 ? 1 : 0);
    RecvChan<Page> quick = p.map(parts.get(0), 1, (_, page) -> page);
    RecvChan<Page> slow = p.map(parts.get(1), 8, (ctx, page) -> fetch(ctx, page.url()));
    RecvChan<Page> all = p.merge(List.of(quick, slow));
    // @end
    int count = 0;
    for (Page _ : all) count++;
    return count;
}

int storedInParallel(Pipeline p, RecvChan<List<Page>> batches) {
    // @start region="for-each"
    int stored = 0;
    for (int n : p.map(batches, 4, (_, batch) -> store(batch))) stored += n;
    // @end
    return stored;
}

String join(RecvChan<?> chan) {
    var text = new StringJoiner(" ");
    for (Object value : chan) text.add(value.toString());
    return text.toString();
}

/// Stands for a request over the network.
Page fetch(Context ctx, String url) throws IOException {
    return switch (url) {
        case "missing" -> throw new FileNotFoundException(url);
        case "never" -> RecvChan.<Page>never().recv(ctx);
        default -> new Page(url, List.of(url + "/a", url + "/b"));
    };
}

/// Stands for an insert into a database.
int store(List<Page> pages) {
    return pages.size();
}
