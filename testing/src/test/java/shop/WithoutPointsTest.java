package shop;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// Tests of the reports of an exploration about plain Java without the agent. This test runs without the agent, and is not in a
/// package of Gofer.
class WithoutPointsTest {

    private int count;

    @Test
    void bodyThatOnlySendsIsComplete() {
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
    void firstAccessIsNamed() {
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
    void accessToAMapIsNamed() {
        var shop = new Shop();
        incomplete(() -> shop.checkThenAct("tea"), "Shop.java:27 calls ConcurrentHashMap.containsKey,");
    }

    @Test
    void accessByAMethodReferenceIsNamed() {
        var shop = new Shop();
        incomplete(
                () -> {
                    ShopRuns.Work work = shop.loads::incrementAndGet;
                    work.run();
                },
                "a reference calls java.util.concurrent.atomic.AtomicInteger.incrementAndGet,");
    }

    @Test
    void monitorIsNamed() {
        incomplete(() -> count(this), "WithoutPointsTest.java:");
    }

    private static void count(Object lock) {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    @Test
    void explicitPointsAreAccepted() {
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

    /// The caller creates the object that the body uses, and the scan searches its code too.
    @Test
    void codePassedToTheBodyIsSearched() {
        assertThat(given(() -> count).notes())
                .singleElement()
                .asString()
                .matches("WithoutPointsTest.java:\\d+ reads WithoutPointsTest.count, .*");
    }

    @Test
    void bodyWithHarmlessArgumentsIsComplete() {
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
