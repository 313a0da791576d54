// Five philosophers sit around a table with five forks, and each needs both neighbouring forks to eat.
//
// If everybody picked up the left fork first, all might hold one and wait for the other, for ever. So forks are
// numbered
// and everybody picks up the lower number first: then whoever holds the highest fork that is in use can eat. To lock in
// one fixed order is the rule for locks in general.

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
