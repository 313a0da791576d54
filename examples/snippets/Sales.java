// A program with a data race: `sold()` reads without the lock. This finds it:
// ./gofer explore examples/snippets/Sales.java

import module gofer;

final Mutex mu = new Mutex();
int sold; // guarded by mu

void main() {
    var staff = new WaitGroup();
    staff.go("clerk", this::sell);
    staff.go("manager", () -> System.err.println("so far: " + sold()));
    staff.await();
    IO.println("sold: " + sold());
}

void sell() {
    try (var _ = mu.lock()) {
        sold++;
    }
}

int sold() {
    return sold;
}
