package shop;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/// Bodies to explore: plain Java, in classes that get scheduling points.
public final class ShopRuns {

    private ShopRuns() {}

    /// The work of a thread.
    public interface Work {
        void run() throws Exception;
    }

    /// Runs each piece of work on a plain virtual thread of its own.
    public static void together(Work... all) throws InterruptedException {
        Thread[] threads = new Thread[all.length];
        var failures = new ConcurrentLinkedQueue<Exception>();
        for (int i = 0; i < all.length; i++) {
            Work work = all[i];
            threads[i] =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    work.run();
                                } catch (Exception broken) {
                                    failures.add(broken);
                                }
                            });
        }
        for (Thread thread : threads) thread.join();
        for (Exception failure : failures) throw new IllegalStateException(failure);
    }

    public static void loadedTwice() throws InterruptedException {
        var shop = new Shop();
        together(() -> shop.checkThenAct("tea"), () -> shop.checkThenAct("tea"));
        expect(1, shop.loads.get());
    }

    public static void loadedOnce() throws InterruptedException {
        var shop = new Shop();
        together(() -> shop.computeOnce("tea"), () -> shop.computeOnce("tea"));
        expect(1, shop.loads.get());
    }

    public static void lostUpdate() throws InterruptedException {
        var shop = new Shop();
        together(() -> shop.add(1), () -> shop.add(2));
        expect(3, shop.total);
    }

    public static void noLostUpdate() throws InterruptedException {
        var shop = new Shop();
        together(() -> shop.addUnderLock(1), () -> shop.addUnderLock(2));
        expect(3, shop.total);
    }

    public static void lostSale() throws InterruptedException {
        Shop.sold = 0;
        together(Shop::sell, Shop::sell);
        expect(2, Shop.sold);
    }

    public static void lostOnShelf() throws InterruptedException {
        var shop = new Shop();
        together(() -> shop.fill(2), () -> shop.fill(2));
        expect(2, shop.stock[2]);
    }

    public static void shelvesOfTheirOwn() throws InterruptedException {
        var shop = new Shop();
        together(() -> shop.fill(1), () -> shop.fill(2));
        expect(2, shop.stock[1] + shop.stock[2]);
    }

    public static void lostWithAnExecutor() throws Exception {
        var shop = new Shop();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.execute(() -> shop.add(1));
            executor.execute(() -> shop.add(2));
        }
        expect(3, shop.total);
    }

    public static void lostWithPlatformThreads() throws Exception {
        var shop = new Shop();
        try (var executor = Executors.newFixedThreadPool(2, Thread.ofPlatform().name("till-", 1).factory())) {
            executor.execute(() -> shop.add(1));
            executor.execute(() -> shop.add(2));
        }
        expect(4, shop.total);
    }

    /// The JDK calls the target of the reference.
    public static void referenceIsNoPoint() throws InterruptedException {
        var shop = new Shop();
        Work count = shop.loads::incrementAndGet;
        together(count, () -> expect(0, shop.loads.get()));
    }

    public static void deadlock() throws InterruptedException {
        var shop = new Shop();
        together(shop::doorThenTill, shop::tillThenDoor);
    }

    public static void noDeadlock() throws InterruptedException {
        var shop = new Shop();
        together(shop::doorThenTill, shop::doorThenTill);
        expect(2, shop.total);
    }

    public static void lostNotify() throws InterruptedException {
        var shop = new Shop();
        together(shop::waitBadly, shop::open);
    }

    public static void noLostNotify() throws InterruptedException {
        var shop = new Shop();
        together(shop::waitWell, shop::waitWell, shop::open);
    }

    static void expect(int expected, int actual) {
        if (expected != actual) throw new IllegalStateException("expected " + expected + ", not " + actual);
    }
}
