package plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static plain.Broken.together;

import gofer.testing.Strategy;
import gofer.testing.junit.ExploreTest;

/// The same tests without the faults, under all schedules. PlainJavaTest runs them.
class Mended {
    @ExploreTest(strategy = Strategy.EXHAUSTIVE, schedules = 100_000)
    void checkThenAct() {
        var account = new Account();
        together(() -> account.checkAndActUnderLock("EUR"), () -> account.checkAndActUnderLock("EUR"));
        assertEquals(1, account.loads);
    }

    @ExploreTest(strategy = Strategy.EXHAUSTIVE, schedules = 100_000)
    void lostUpdate() {
        var account = new Account();
        together(() -> account.depositUnderLock(1), () -> account.depositUnderLock(2));
        assertEquals(3, account.total());
    }

    @ExploreTest(strategy = Strategy.EXHAUSTIVE, schedules = 100_000)
    void deadlock() {
        var one = new Account();
        var other = new Account();
        together(() -> one.sendInOneStepEach(other, 1), () -> other.sendInOneStepEach(one, 2));
        assertEquals(0, one.total() + other.total());
    }

    @ExploreTest(strategy = Strategy.EXHAUSTIVE, schedules = 100_000)
    void lostNotify() {
        var account = new Account();
        together(
                () -> {
                    try {
                        account.awaitOpen();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                account::open);
    }
}
