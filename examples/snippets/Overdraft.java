// A program with a fault that hardly ever shows: ./gofer explore examples/snippets/Overdraft.java finds it.

import module gofer;

final Mutex mu = new Mutex();
int balance = 100; // guarded by mu

void main() {
    var customers = new WaitGroup();
    for (int i = 0; i < 2; i++) customers.go(this::withdraw);
    customers.await();
    IO.println("left: " + balance);
}

void withdraw() {
    if (balance() < 80) return;
    // Here another may withdraw.
    try (var _ = mu.lock()) {
        balance -= 80;
    }
}

int balance() {
    try (var _ = mu.lock()) {
        return balance;
    }
}
