package gofer.race.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The table of shadows.
class ShadowsTest {

    private static final int MANY = 300_000;

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
                                try {
                                    barrier.await();
                                } catch (Exception impossible) {
                                    throw new AssertionError(impossible);
                                }
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
        assertThat(object.shadow).isSameAs(shadow);
        assertThat(Shadows.of(object)).isSameAs(shadow);
        assertThat(Shadows.find(object)).isSameAs(shadow);
        assertThat(Shadows.size()).isLessThanOrEqualTo(size);
    }

    private static final class Keeper implements Shadowed {

        private volatile @Nullable Object shadow;

        @Override
        public @Nullable Object gofer$shadow() {
            return shadow;
        }

        @Override
        public void gofer$shadow(Object newShadow) {
            shadow = newShadow;
        }
    }
}
