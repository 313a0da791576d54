package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.fixture.Crew;
import gofer.fixture.Nulls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Pool<Item> pool = new Pool<>(() -> new Item(made.incrementAndGet()));

    /// An object that belongs to one goroutine at a time, with plain fields.
    private static final class Item {

        private final int number;
        private boolean inUse;
        private int uses;

        Item(int number) {
            this.number = number;
        }

        void use() {
            assertThat(inUse).as("item %d is in use", number).isFalse();
            inUse = true;
            uses++;
            if (uses % 16 == 0) {
                Go.gosched();
            }
            inUse = false;
        }
    }

    @Test
    void returnsAnItemThatWasPut() {
        Item first = pool.get();
        assertThat(pool.get()).isNotSameAs(first);
        pool.put(first);
        assertThat(pool.get()).isSameAs(first);
        assertThat(made.get()).isEqualTo(2);
    }

    /// Every goroutine can get an item, regardless of which goroutine put it.
    @Test
    void anotherGoroutineGetsAnItemThatWasPut() {
        for (int i = 0; i < 50; i++) {
            try (var crew = new Crew()) {
                crew.go(() -> pool.put(pool.get()));
            }
        }
        assertThat(made.get()).isEqualTo(1);
    }

    /// No other goroutine has the item in the meantime, each sees the earlier changes to it, and no use is lost.
    @Test
    void itemBelongsToOneGoroutineAtATime() {
        int workers = 8;
        int uses = 20_000;
        try (var crew = new Crew()) {
            for (int i = 0; i < workers; i++) {
                crew.go(() -> useItems(uses));
                crew.thread(() -> useItems(uses));
            }
        }
        int total = 0;
        List<Integer> numbers = new ArrayList<>();
        for (int left = made.get(); left > 0; left--) {
            Item item = pool.get();
            total += item.uses;
            numbers.add(item.number);
        }
        assertThat(total).isEqualTo(2 * workers * uses);
        assertThat(numbers).doesNotHaveDuplicates();
    }

    private void useItems(int uses) {
        for (int n = 0; n < uses; n++) {
            Item item = pool.get();
            item.use();
            pool.put(item);
        }
    }

    @Test
    void exceptionOfTheMakerIsThrown() {
        var failure = new IllegalStateException("no more");
        Pool<Item> broken =
                new Pool<>(() -> {
                    throw failure;
                });
        assertThatThrownBy(broken::get).isSameAs(failure);
        Item item = pool.get();
        broken.put(item);
        assertThat(broken.get()).isSameAs(item);
    }

    @Test
    void nullIsRejected() {
        assertThatThrownBy(() -> new Pool<Item>(Nulls.nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("maker");
        assertThatThrownBy(() -> pool.put(Nulls.nothing())).isInstanceOf(NullPointerException.class).hasMessage("item");
    }
}
