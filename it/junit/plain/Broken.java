package plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gofer.sync.WaitGroup;
import gofer.testing.Strategy;
import gofer.testing.junit.ExploreTest;

/// Tests that must fail. PlainJavaTest runs them.
class Broken {
    @ExploreTest
    void checkThenAct() {
        var account = new Account();
        together(() -> account.checkThenAct("EUR"), () -> account.checkThenAct("EUR"));
        assertEquals(1, account.loads);
    }

    @ExploreTest(strategy = Strategy.EXHAUSTIVE)
    void lostUpdate() {
        var account = new Account();
        together(() -> account.deposit(1), () -> account.deposit(2));
        assertEquals(3, account.total());
    }

    @ExploreTest
    void deadlock() {
        var one = new Account();
        var other = new Account();
        together(() -> one.send(other, 1), () -> other.send(one, 2));
    }

    @ExploreTest(racy = true) // otherwise it fails at the race on the field
    void lostNotify() {
        var account = new Account();
        together(
                () -> {
                    try {
                        account.awaitOpenBadly();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                account::open);
    }

    static void together(Runnable... tasks) {
        var all = new WaitGroup();
        for (Runnable task : tasks) all.go(task::run);
        all.await();
    }
}
