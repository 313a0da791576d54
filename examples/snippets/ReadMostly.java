// A lock that many readers can hold together, and a writer only alone.

import module gofer;

final RWMutex mu = new RWMutex();
final Map<String, Integer> prices = new HashMap<>(); // guarded by mu

void main() {
    setPrice("apple", 3);
    var wg = new WaitGroup();
    for (int i = 0; i < 10; i++) wg.go(() -> price("apple"));
    wg.go(() -> setPrice("pear", 4));
    wg.await();
    IO.println(price("apple") + " " + price("pear"));
}

// @start region="rwmutex"
int price(String name) {
    try (var _ = mu.rLock()) {
        return prices.get(name);
    }
}

void setPrice(String name, int price) {
    try (var _ = mu.lock()) {
        prices.put(name, price);
    }
}
// @end
