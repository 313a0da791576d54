import module gofer;

void main() throws Exception {
    var urls = List.of("one", "two", "three");
    var pages = new ConcurrentHashMap<String, String>();
    // @start region="errgroup"
    var g = ErrGroup.withContext(Context.background()).limit(8);
    for (var url : urls) g.go(() -> pages.put(url, download(g.context(), url))); // may throw a checked exception
    g.await();
    // @end
    IO.println(new TreeMap<>(pages));
}

String download(Context ctx, String url) throws IOException {
    if (ctx.err() != null) throw new IOException(url + ": " + ctx.err().getMessage());
    return "page " + url;
}
