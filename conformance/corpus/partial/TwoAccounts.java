// Two transfers in opposite directions, each with one account locked.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Boolean> stuck = Chan.make(1);
    try (var _ = Deadlocks.watch(_ -> stuck.trySend(true))) {
        work();
        stuck.recv();
        IO.println("the rest runs on");
    }
}

record Account(int number, Mutex mu) {}

void work() {
    var a = new Account(1, new Mutex());
    var b = new Account(2, new Mutex());
    Chan<Boolean> meet = Chan.make();
    go("a to b", () -> transfer(a, b, () -> meet.send(true)));
    go("b to a", () -> transfer(b, a, () -> meet.recv()));
}

static void transfer(Account from, Account to, Runnable meanwhile) {
    try (var _ = from.mu().lock()) {
        meanwhile.run();
        try (var _ = to.mu().lock()) {
            IO.println("transferred");
        }
    }
}
