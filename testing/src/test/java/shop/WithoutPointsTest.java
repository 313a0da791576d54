package shop;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// What an exploration says of plain Java if there is no agent: this test is run without one, and in no package of Gofer's.
class WithoutPointsTest {

    private int count;

    @Test
    void whatOnlySendsIsComplete() {
        Exploration result = Explore.exhaustively().search(WithoutPointsTest::messages);
        assertThat(result.notes()).isEmpty();
        assertThat(result.isComplete()).isTrue();
    }

    private static void messages() {
        Chan<Integer> numbers = Chan.make(2);
        var both = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int number = i;
            both.go(() -> numbers.send(number));
        }
        both.await();
        assertThat(numbers.recv() + numbers.recv()).isEqualTo(1);
    }

    @Test
    void theFirstAccessIsNamed() {
        var shop = new Shop();
        incomplete(
                () -> {
                    var both = new WaitGroup();
                    both.go(() -> shop.add(1));
                    both.await();
                },
                "Shop.java:35 reads Shop.total, and no other goroutine can run just before that");
    }

    @Test
    void aMapIsOneToo() {
        var shop = new Shop();
        incomplete(() -> shop.checkThenAct("tea"), "Shop.java:27 calls ConcurrentHashMap.containsKey,");
    }

    @Test
    void aReferenceIsOneToo() {
        var shop = new Shop();
        incomplete(
                () -> {
                    ShopRuns.Work work = shop.loads::incrementAndGet;
                    work.run();
                },
                "a reference calls java.util.concurrent.atomic.AtomicInteger.incrementAndGet,");
    }

    @Test
    void aMonitorIsOneToo() {
        incomplete(() -> count(this), "WithoutPointsTest.java:");
    }

    private static void count(Object lock) {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    @Test
    void whoPutsPointsHimselfIsBelieved() {
        Exploration result =
                Explore.exhaustively()
                        .search(() -> {
                            Explore.point(this);
                            count = 0;
                            add();
                        });
        assertThat(result.notes()).isEmpty();
        assertThat(result.isComplete()).isTrue();
    }

    private void add() {
        Explore.point(this);
        count++;
    }

    /// What it is given is made by the caller, and looked into.
    @Test
    void whatIsGivenToTheBodyIsFound() {
        assertThat(given(() -> count).notes())
                .singleElement()
                .asString()
                .matches("WithoutPointsTest.java:\\d+ reads WithoutPointsTest.count, .*");
    }

    @Test
    void whatIsGivenToTheBodyIsFine() {
        assertThat(given(() -> 7).isComplete()).isTrue();
    }

    private static Exploration given(IntSupplier number) {
        return Explore.exhaustively().search(() -> assertThat(number.getAsInt()).isNotNegative());
    }

    private static void incomplete(Body body, String place) {
        Exploration result = Explore.exhaustively().search(body);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.notes())
                .singleElement()
                .asString()
                .startsWith(place)
                .contains("-javaagent:gofer-testing.jar");
    }
}
