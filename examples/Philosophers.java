// Five philosophers, five forks. Each takes the lower-numbered of its two forks first, so that they cannot all wait for
// each other in a circle.

import module gofer;

void main() {
    var forks = new Mutex[5];
    Arrays.setAll(forks, _ -> new Mutex());
    var meals = new int[forks.length];
    var table = new WaitGroup();
    for (int p = 0; p < forks.length; p++) {
        int me = p;
        int left = Math.min(me, (me + 1) % forks.length);
        int right = Math.max(me, (me + 1) % forks.length);
        table.go(
                "philosopher " + me,
                () -> {
                    for (int meal = 0; meal < 1000; meal++) {
                        try (var _ = forks[left].lock();
                                var _ = forks[right].lock()) {
                            meals[me]++;
                        }
                    }
                });
    }
    table.await();
    for (int p = 0; p < meals.length; p++) IO.println("philosopher " + p + " ate " + meals[p] + " times");
}
