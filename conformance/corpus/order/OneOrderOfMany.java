// Fails in one of the 24 orders in which four goroutines can get a lock.

import static gofer.Go.*;

import module gofer;

void main() {
    var mu = new Mutex();
    List<Integer> order = new ArrayList<>();
    var wg = new WaitGroup();
    for (int i = 0; i < 4; i++) {
        int n = i;
        wg.go(() -> {
            try (var _ = mu.lock()) {
                order.add(n);
            }
        });
    }
    wg.await();
    if (order.equals(List.of(2, 0, 3, 1))) throw new AssertionError("in that order");
}
