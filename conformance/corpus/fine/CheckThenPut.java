// The map checks and puts in one step.

import static gofer.Go.*;

import module gofer;

final Map<String, Integer> made = new ConcurrentHashMap<>();
final AtomicInteger makes = new AtomicInteger();

int get(String key) {
    return made.computeIfAbsent(key, _ -> makes.incrementAndGet());
}

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> get("key"));
    wg.await();
    if (makes.get() != 1) throw new AssertionError("made twice");
    IO.println("ok");
}
