// The same body under many schedules. Each method of Account is correct by itself, but the sequence of asking for the
// balance and then withdrawing is not.

import module gofer;
import module gofer.testing;

static class Account {
    private final Mutex mu = new Mutex();
    private int balance = 100; // guarded by mu

    int balance() {
        try (var _ = mu.lock()) {
            return balance;
        }
    }

    void withdraw(int amount) {
        try (var _ = mu.lock()) {
            balance -= amount;
        }
    }

    // @start region="mended"
    boolean tryWithdraw(int amount) {
        try (var _ = mu.lock()) {
            if (balance < amount) return false;
            balance -= amount;
            return true;
        }
    }
    // @end
}

void main() throws Exception {
    try {
        explore();
    } catch (AssertionError found) {
        IO.println(found.getMessage().contains("overdrawn: -60") ? "found" : found.getMessage());
    }
    // @start region="replay"
    var found = Explore.schedules(1000).search(this::twoCustomers);
    var token = found.faults().getFirst().token();
    var again = Explore.schedules(1).replayed(token, this::twoCustomers);
    IO.println(again.faults().getFirst().message());
    // @end
    exhaustive();
}

// @start region="explore"
void explore() {
    Explore.run(this::twoCustomers);
}

void twoCustomers() {
    var account = new Account(); // with a balance of 100
    var customers = new WaitGroup();
    for (int i = 0; i < 2; i++) {
        customers.go(() -> {
            if (account.balance() >= 80) account.withdraw(80);
        });
    }
    customers.await();
    if (account.balance() < 0) throw new AssertionError("overdrawn: " + account.balance());
}

// @end

void exhaustive() {
    // @start region="exhaustive"
    var result =
            Explore.exhaustively()
                    .check(() -> {
                        var account = new Account();
                        var customers = new WaitGroup();
                        for (int i = 0; i < 2; i++) customers.go(() -> account.tryWithdraw(80));
                        customers.await();
                        if (account.balance() < 0) throw new AssertionError("overdrawn: " + account.balance());
                    });
    IO.println(result.isComplete() ? "all schedules are fine" : result.summary());
    // @end
}
