// Five philosophers sit around a table with five forks, and each needs both neighbouring forks to eat.
//
// If every philosopher took the left fork first, each might hold one fork and wait for the other forever. So the forks
// are numbered, and every philosopher takes the lower number first. Then the philosopher who holds the highest fork in
// use can eat. The same rule holds for locks in general: acquire them in a fixed order.

import module gofer;

void main() {
    var names = List.of("Aristotle", "Kant", "Marx", "Russell", "Spinoza");
    var forks = names.stream().map(_ -> new Mutex()).toList();
    var wg = new WaitGroup();
    for (int seat = 0; seat < names.size(); seat++) {
        var name = names.get(seat);
        int right = (seat + 1) % names.size();
        var lower = forks.get(Math.min(seat, right));
        var higher = forks.get(Math.max(seat, right));
        wg.go(() -> dine(name, lower, higher));
    }
    wg.await();
}

void dine(String name, Mutex lower, Mutex higher) {
    for (int meal = 1; meal <= 3; meal++) {
        try (var _ = lower.lock();
                var _ = higher.lock()) {
            IO.println(name + " eats meal " + meal);
        }
        IO.println(name + " thinks");
    }
}
