// Accounts are locked in the order of their numbers.

import static gofer.Go.*;

import module gofer;

void main() {
    var wg = new WaitGroup();
    work(wg);
    wg.await();
    IO.println(Deadlocks.find().isEmpty() ? "ok" : Deadlocks.find());
}

record Account(int number, Mutex mu) {}

void work(WaitGroup wg) {
    var a = new Account(1, new Mutex());
    var b = new Account(2, new Mutex());
    wg.go(() -> transfer(a, b));
    wg.go(() -> transfer(b, a));
}

static void transfer(Account from, Account to) {
    var first = from.number() < to.number() ? from : to;
    var second = first == from ? to : from;
    try (var _ = first.mu().lock();
            var _ = second.mu().lock()) {
        gosched();
    }
}
