package shop.agent;

import java.util.Objects;
import shop.ShopRuns;
import shop.ShopRuns.Work;

/// Two threads, and their results.
final class Pair {

    private Pair() {}

    static void both(Race.Lock lock, Work one, Work other) throws InterruptedException {
        ShopRuns.together(() -> lock.in(one), () -> lock.in(other));
    }

    static void twice(Race.Lock lock, Work work) throws InterruptedException {
        both(lock, work, work);
    }

    static void same(Object expected, Object actual) {
        if (!Objects.equals(expected, actual))
            throw new IllegalStateException("expected " + expected + ", not " + actual);
    }
}
