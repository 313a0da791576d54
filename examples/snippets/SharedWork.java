// Single flight: many goroutines request the same page at the same time, and one of them fetches it.

import module gofer;

void main() {
    var flights = new SingleFlight<String, String>();
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) wg.go(() -> IO.println(page(flights, "home")));
    wg.await();
}

String page(SingleFlight<String, String> flights, String url) throws Exception {
    // @start region="singleflight"
    var result = flights.run(url, () -> download(url));
    return result.get(); // result.shared() says whether others got it too
    // @end
}

String download(String url) throws IOException {
    return "the page " + url;
}
