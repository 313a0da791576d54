// Groups whose tasks return results: all results, all outcomes, or the first result.

import module gofer;

import static gofer.Go.*;

void main() throws Exception {
    var ctx = Context.background();
    IO.println(all(ctx, List.of("one", "two", "three")));
    try {
        IO.println(all(ctx, List.of("one", "missing", "never")));
    } catch (IOException e) {
        IO.println("failed: " + e.getMessage());
    }
    outcomes(ctx, List.of("one", "missing", "three"));
    var until = until(ctx, List.of("one", "never", "three"));
    IO.println(until.stream().filter(Success.class::isInstance).count() + " of " + until.size());
    IO.println(first(ctx, List.of("missing", "one", "never")));
}

List<String> all(Context ctx, List<String> urls) throws Exception {
    // @start region="results"
    var group = ResultGroup.<String>withContext(ctx).limit(8);
    for (var url : urls) group.go(own -> download(own, url));
    List<String> pages = group.await(); // in the order of the urls; throws the first failure
    // @end
    return pages;
}

void outcomes(Context ctx, List<String> urls) {
    // @start region="outcomes"
    var group = new ResultGroup<String>(); // a failure does not cancel the others
    for (var url : urls) group.go(_ -> download(ctx, url));
    for (var outcome : group.awaitOutcomes()) {
        switch (outcome) {
            case Success(var page) -> IO.println("got " + page);
            case Failure(var thrown) -> IO.println("failed: " + thrown.getMessage());
        }
    }
    // @end
}

List<Outcome<String>> until(Context ctx, List<String> urls) {
    // @start region="until"
    var enough = new AtomicInteger(2);
    try (var own = ctx.withCancel()) {
        var group = new ResultGroup<String>();
        for (var url : urls) {
            group.go(_ -> {
                var page = download(own, url);
                if (enough.decrementAndGet() == 0) own.cancel();
                return page;
            });
        }
        return group.awaitOutcomes();
    }
    // @end
}

String first(Context ctx, List<String> mirrors) throws Exception {
    // @start region="first"
    var group = FirstResult.<String>withContext(ctx);
    for (var mirror : mirrors) group.go(own -> download(own, mirror));
    String page = group.await(); // the other downloads are cancelled and have ended
    // @end
    return page;
}

String download(Context ctx, String url) throws IOException {
    return switch (url) {
        case "missing" -> throw new FileNotFoundException(url);
        case "never" -> RecvChan.<String>never().recv(ctx);
        default -> "page " + url;
    };
}
