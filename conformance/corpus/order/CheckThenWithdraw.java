// The check and the withdrawal each hold the lock, but it is released in between.

import static gofer.Go.*;

import module gofer;

int balance = 100;
final Mutex mu = new Mutex();

void withdraw(int amount) {
    mu.lock();
    boolean enough = balance >= amount;
    mu.unlock();
    if (enough) {
        try (var _ = mu.lock()) {
            balance -= amount;
        }
    }
}

void main() {
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) wg.go(() -> withdraw(80));
    wg.await();
    if (balance < 0) throw new AssertionError("overdrawn: " + balance);
}
