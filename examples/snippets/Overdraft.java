// A program with a bug that rarely shows. This finds it: ./gofer explore examples/snippets/Overdraft.java

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
    // Another goroutine may withdraw here.
    try (var _ = mu.lock()) {
        balance -= 80;
    }
}

int balance() {
    try (var _ = mu.lock()) {
        return balance;
    }
}
