// A mutex that guards a map. Many goroutines change the map.

import module gofer;

void main() {
    var mu = new Mutex();
    var hits = new TreeMap<String, Integer>();
    var wg = new WaitGroup();
    for (int i = 0; i < 1000; i++) {
        var key = i % 2 == 0 ? "even" : "odd";
        wg.go(() -> {
            // @start region="mutex"
            try (var _ = mu.lock()) {
                hits.merge(key, 1, Integer::sum);
            }
            // @end
        });
    }
    wg.await();
    IO.println(hits);
}
