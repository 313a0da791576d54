package gofer.race.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The table of shadows.
class ShadowsTest {

    private static final int MANY = 300_000;
    private static final int ROUNDS = 20_000;

    @Test
    void anObjectHasOneShadow() {
        var objects = new ArrayList<Object>();
        var shadows = new ArrayList<Shadow>();
        for (int i = 0; i < 10_000; i++) {
            String object = new String("equal"); // compared by identity
            objects.add(object);
            assertThat(Shadows.find(object)).isNull();
            shadows.add(Shadows.of(object));
        }
        for (int i = 0; i < objects.size(); i++) {
            assertThat(Shadows.of(objects.get(i))).isSameAs(shadows.get(i));
            assertThat(Shadows.find(objects.get(i))).isSameAs(shadows.get(i));
        }
    }

    @Test
    void threadsThatRaceFindTheSameShadow() throws Exception {
        var objects = new Object[20_000];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = new Object();
        }
        var barrier = new CyclicBarrier(2);
        List<List<Shadow>> found = List.of(new ArrayList<>(), new ArrayList<>());
        var threads = new ArrayList<Thread>();
        for (List<Shadow> shadows : found) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                await(barrier);
                                for (Object object : objects) {
                                    shadows.add(Shadows.of(object));
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found.get(0)).hasSize(objects.length).isEqualTo(found.get(1));
    }

    @Test
    void shadowsOfObjectsThatAreGoneAreRemoved() {
        var kept = new Object();
        Shadow shadow = Shadows.of(kept);
        var strand = new Strand(null);
        for (int i = 0; i < MANY; i++) {
            var array = new long[64];
            Variables.element(strand, array, i % 64, true, 0);
        }
        System.gc();
        Shadows.purge();
        assertThat(Shadows.size()).isLessThan(MANY / 10);
        assertThat(Shadows.of(kept)).isSameAs(shadow);
    }

    @Test
    void someObjectsKeepTheirShadow() {
        var object = new Keeper();
        int size = Shadows.size();
        assertThat(Shadows.find(object)).isNull();
        Shadow shadow = Shadows.of(object);
        assertThat(Shadows.of(object)).isSameAs(shadow);
        assertThat(Shadows.find(object)).isSameAs(shadow);
        assertThat(Shadows.size()).isLessThanOrEqualTo(size);
    }

    /// Two threads release on the same parts at the same time.
    @Test
    void nothingThatIsReleasedIsLost() throws Exception {
        long[] parts = {0, 1, 2, Hooks.MONITOR};
        var strands = List.of(new Strand(null), new Strand(null));
        var arrived = new AtomicInteger();
        var objects = new ArrayList<Object>();
        for (int round = 0; round < ROUNDS; round++) {
            Object object = round % 2 == 0 ? new Keeper() : new Object();
            objects.add(object);
            if (round % 3 == 0) {
                var earlier = new Strand(null);
                Arrays.stream(parts).forEach(part -> Edges.release(earlier, object, part));
            }
        }
        var threads = new ArrayList<Thread>();
        for (Strand strand : strands) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                int meetings = 0;
                                for (Object object : objects) {
                                    for (long part : parts) {
                                        strand.access();
                                        meet(arrived, ++meetings);
                                        Edges.release(strand, object, part);
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int time = 0;
        for (Object object : objects) {
            for (long part : parts) {
                time++;
                var reader = new Strand(null);
                Edges.acquire(reader, object, part);
                for (Strand strand : strands) {
                    assertThat(reader.knows((long) strand.id() << Integer.SIZE | time)).isTrue();
                }
            }
        }
    }

    /// Returns when the other thread has called this as often.
    private static void meet(AtomicInteger arrived, int meetings) {
        arrived.incrementAndGet();
        for (int tries = 0; arrived.get() < 2 * meetings; tries++) {
            if (tries > 1000) {
                Thread.yield();
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class Keeper extends Shadowed {}
}
