// Two goroutines may both find that the key is absent, and both put it.

import static gofer.Go.*;

import module gofer;

final Map<String, Integer> made = new ConcurrentHashMap<>();
final AtomicInteger makes = new AtomicInteger();

int get(String key) {
    Integer known = made.get(key);
    if (known != null) return known;
    int one = makes.incrementAndGet();
    made.put(key, one);
    return one;
}

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> get("key"));
    wg.await();
    if (makes.get() != 1) throw new AssertionError("made twice");
}
