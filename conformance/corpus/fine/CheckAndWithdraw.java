// The check and the withdrawal happen under one lock.

import static gofer.Go.*;

import module gofer;

int balance = 100;
final Mutex mu = new Mutex();

void withdraw(int amount) {
    try (var _ = mu.lock()) {
        if (balance >= amount) balance -= amount;
    }
}

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> withdraw(80));
    wg.await();
    if (balance < 0) throw new AssertionError("overdrawn: " + balance);
    IO.println("ok");
}
