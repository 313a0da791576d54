// An error group: goroutines that work on parts of one task and may fail.

import module gofer;

import static gofer.Go.*;

void main() throws Exception {
    IO.println(downloadAll(List.of("one", "two", "three")));
    try {
        downloadAll(List.of("one", "missing", "never"));
    } catch (IOException e) {
        IO.println("failed: " + e.getMessage());
    }
}

Map<String, String> downloadAll(List<String> urls) throws Exception {
    var pages = new ConcurrentSkipListMap<String, String>();
    // @start region="errgroup"
    var g = ErrGroup.withContext(Context.background()).limit(8);
    for (var url : urls) g.go(() -> pages.put(url, download(g.context(), url))); // may throw a checked exception
    g.await();
    // @end
    return pages;
}

String download(Context ctx, String url) throws IOException {
    return switch (url) {
        case "missing" -> throw new FileNotFoundException(url);
        case "never" -> RecvChan.<String>never().recv(ctx);
        default -> "page " + url;
    };
}
