package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.sync.Pool;
import gofer.sync.WaitGroup;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// `pool_test.go`.
class PoolTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    @Pins("PO-01")
    void itemIsReturnedOnce() { // TestPool
        Pool<String> pool = new Pool<>(() -> "new");
        pool.put("a");
        pool.put("b");
        String one = pool.get();
        String other = pool.get();
        assertThat(List.of(one, other)).containsExactlyInAnyOrder("a", "b");
        assertThat(pool.get()).isEqualTo("new");
    }

    @Test
    @Pins("PO-01")
    void emptyPoolMakesANewItem() { // TestPoolNew
        Pool<Integer> pool = new Pool<>(made::incrementAndGet);
        assertThat(pool.get()).isEqualTo(1);
        assertThat(pool.get()).isEqualTo(2);
        pool.put(42);
        assertThat(pool.get()).isEqualTo(42);
        assertThat(pool.get()).isEqualTo(3);
    }

    /// This holds as long as there is enough memory.
    @Test
    @Pins("PO-01")
    void collectionKeepsItems() {
        Pool<String> pool = new Pool<>(() -> "new");
        pool.put("a");
        System.gc();
        assertThat(pool.get()).isEqualTo("a");
    }

    static final class Hoarder {
        static void main(String[] args) {
            Go.main(() -> {
                Pool<byte[]> pool = new Pool<>(() -> new byte[0]);
                int megabytes = 200;
                for (int i = 0; i < megabytes; i++) {
                    pool.put(new byte[1 << 20]);
                }
                IO.println("done");
            });
        }
    }

    /// A pool must not cause an OutOfMemoryError.
    @Test
    @Pins("PO-01")
    void itemsAreDroppedWhenMemoryIsLow() { // TestPoolGC, TestPoolRelease
        ChildProgram program = ChildProgram.run(Hoarder.class, "-Xmx32m");
        assertThat(program.err()).isEmpty();
        assertThat(program.out().strip()).isEqualTo("done");
        assertThat(program.status()).isZero();
    }

    @Test
    @Pins("PO-01")
    void itemIsNeverInUseTwice() { // TestPoolStress
        Pool<AtomicInteger> pool = new Pool<>(AtomicInteger::new);
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                crew.go(() -> {
                    for (int n = 0; n < 20_000; n++) {
                        AtomicInteger item = pool.get();
                        assertThat(item.incrementAndGet()).isEqualTo(1);
                        item.set(0);
                        pool.put(item);
                    }
                });
            }
        }
    }

    /// Half of the goroutines put numbers, the others get them, each number once.
    @Test
    @Pins("PO-03")
    void everyItemIsSeenOnce() { // TestPoolDequeue, TestPoolChain
        int pairs = 4;
        int each = 100_000;
        Pool<Integer> pool = new Pool<>(() -> -1);
        AtomicInteger seen = new AtomicInteger();
        BitSet[] got = new BitSet[pairs];
        try (var crew = new Crew()) {
            for (int i = 0; i < pairs; i++) {
                int from = i * each;
                crew.go(() -> {
                    for (int n = from; n < from + each; n++) {
                        pool.put(n);
                    }
                });
                BitSet mine = new BitSet();
                got[i] = mine;
                crew.go(() -> {
                    while (seen.get() < pairs * each) {
                        int n = pool.get();
                        if (n < 0) {
                            Go.gosched();
                        } else {
                            seen.incrementAndGet();
                            assertThat(mine.get(n)).isFalse();
                            mine.set(n);
                        }
                    }
                });
            }
        }
        BitSet all = new BitSet();
        for (BitSet some : got) {
            assertThat(all.intersects(some)).isFalse();
            all.or(some);
        }
        assertThat(all.cardinality()).isEqualTo(pairs * each);
    }

    /// Many threads put items, and a later one gets all of them.
    @Test
    @Pins("PO-03")
    void itemsOfOtherThreadsAreFound() {
        int n = 50;
        Pool<Integer> pool = new Pool<>(() -> -1);
        WaitGroup wg = new WaitGroup();
        for (int i = 0; i < n; i++) {
            int mine = i;
            wg.go(() -> pool.put(mine));
        }
        wg.await();
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < n; i++) {
            found.add(pool.get());
        }
        assertThat(found).hasSize(n).doesNotContain(-1);
    }
}
