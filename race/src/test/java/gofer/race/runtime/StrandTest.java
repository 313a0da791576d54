package gofer.race.runtime;

import static gofer.race.runtime.Hooked.oneAfterTheOther;
import static gofer.race.runtime.Hooked.site;
import static gofer.race.runtime.Hooked.variables;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Strands and the threads that they are of.
class StrandTest implements WithDetector {

    private static final int SITE = site(1);
    private static final int OTHER = site(2);
    private static final int MANY = 200_000;
    private static final int ROUNDS = 100;

    @Test
    void aThreadHasOneStrand() throws InterruptedException {
        var strands = new ArrayList<Strand>();
        Runnable body =
                () -> {
                    Strand strand = Strand.current();
                    assertThat(Strand.current()).isSameAs(strand);
                    strands.add(strand);
                };
        oneAfterTheOther(body, body);
        Thread.ofVirtual().start(body).join();
        body.run();
        assertThat(strands).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void threadsWithTheSamePlaceHaveTheirOwnStrands() throws Exception {
        var barrier = new CyclicBarrier(2);
        var failures = new ConcurrentLinkedQueue<Throwable>();
        Thread first = Thread.ofVirtual().unstarted(() -> meet(barrier, failures));
        Thread second = Thread.ofVirtual().unstarted(() -> meet(barrier, failures));
        while (second.threadId() % 4096 != first.threadId() % 4096) {
            second = Thread.ofVirtual().unstarted(() -> meet(barrier, failures));
        }
        first.start();
        second.start();
        first.join();
        second.join();
        assertThat(failures).isEmpty();
    }

    private static void meet(CyclicBarrier barrier, Queue<Throwable> failures) {
        try {
            Strand strand = Strand.current();
            for (int i = 0; i < 10; i++) {
                barrier.await();
                assertThat(Strand.current()).isSameAs(strand);
            }
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    @Test
    void timesThatAreUsedUpAreContinuedByAnotherIdentity() {
        var strand = new Strand(null);
        var other = new Strand(null);
        var shop = new Shop();
        var lock = new Object();
        int id = strand.id();
        strand.exhaust();
        for (int i = 0; i < 4; i++) {
            FieldAccess.access(strand, shop, Fields.get(Shop.TOTAL), true, SITE);
            Edges.release(strand, lock, 0);
            Edges.acquire(other, lock, 0);
            FieldAccess.access(other, shop, Fields.get(Shop.TOTAL), true, OTHER);
            Edges.release(other, lock, 0);
            Edges.acquire(strand, lock, 0);
        }
        assertThat(strand.id()).isNotEqualTo(id);
        assertThat(strand.epoch()).isPositive();
        assertThat(variables()).isEmpty();
        FieldAccess.access(strand, shop, Fields.get(Shop.TOTAL), true, SITE);
        FieldAccess.access(other, shop, Fields.get(Shop.TOTAL), true, OTHER);
        assertThat(variables()).containsExactly("Shop.total");
    }

    @Test
    void aReleaseAfterNothingIsTheSameStamp() {
        var strand = new Strand(null);
        strand.access();
        Stamp stamp = strand.release();
        assertThat(strand.release()).isSameAs(stamp);
        strand.access();
        assertThat(strand.release()).isNotSameAs(stamp);
    }

    @Test
    void theLaterOfTwoStampsIsEnough() {
        var strand = new Strand(null);
        strand.access();
        Stamp earlier = strand.release();
        strand.access();
        Stamp later = strand.release();
        assertThat(Stamp.join(earlier, later)).isSameAs(later);
        assertThat(Stamp.join(later, earlier)).isSameAs(later);
    }

    @Test
    void strandsWithoutAccessesHaveNothingNewToRelease() {
        var strands = List.of(new Strand(null), new Strand(null), new Strand(null));
        strands.forEach(Strand::access);
        for (int round = 0; round < 3; round++) {
            exchange(strands);
        }
        List<Stamp> stamps = strands.stream().map(Strand::release).toList();
        exchange(strands);
        assertThat(strands.stream().map(Strand::release)).containsExactlyElementsOf(stamps);
    }

    private static void exchange(List<Strand> strands) {
        for (Strand from : strands) {
            for (Strand to : strands) {
                to.acquire(from.release());
            }
        }
    }

    @Test
    void manyStrandsThatEndNeedLittleMemory() {
        var first = new Strand(null);
        var shop = new Shop();
        var goroutine = new Goroutine(new StackTraceElement("Shop", "open", "Shop.java", 7));
        long before = usedMemory();
        for (int i = 0; i < MANY; i++) {
            var thread = new Thread(null, null, "short");
            thread.setUncaughtExceptionHandler(goroutine);
            Threads.starting(first, thread);
            var strand = new Strand(null);
            Threads.begin(strand, thread);
            FieldAccess.access(strand, shop, Fields.get(Shop.TOTAL), true, SITE);
            Threads.ended(strand, thread);
            Threads.joined(first, thread);
        }
        assertThat(variables()).isEmpty();
        assertThat(usedMemory() - before).isLessThan(32_000_000);
        assertThat(Origins.size()).isLessThan(100_000);
    }

    @Test
    void aChainOfStrandsNeedsLittleMemory() {
        var strand = new Strand(null);
        long before = usedMemory();
        for (int i = 0; i < MANY; i++) {
            strand.access();
            var next = new Strand(null);
            next.acquire(strand.release());
            strand.end();
            strand = next;
        }
        assertThat(usedMemory() - before).isLessThan(10_000_000);
        assertThat(strand.epoch()).isPositive();
    }

    private static long usedMemory() {
        System.gc();
        Shadows.purge(); // of threads that are gone
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void threadsThatUseALockAreInNoRace() {
        for (int round = 0; round < ROUNDS; round++) {
            var shop = new Shop();
            var list = new ArrayList<Integer>();
            parallel(() -> {
                for (int i = 0; i < 50; i++) {
                    synchronized (shop) {
                        Hooks.acquire(shop, Hooks.MONITOR);
                        Shop.gofer$put$total(shop, Shop.gofer$get$total(shop, SITE) + 1, OTHER);
                        WholeHooks.writeWhole(list, SITE);
                        list.add(i);
                        Hooks.release(shop, Hooks.MONITOR);
                    }
                }
            });
            assertThat(shop.total).isEqualTo(100);
            assertThat(list).hasSize(100);
        }
        assertThat(variables()).isEmpty();
    }

    @Test
    void threadsWithoutALockAreAlwaysInARace() {
        for (int round = 0; round < ROUNDS; round++) {
            Reports.clear();
            var shop = new Shop();
            var array = new int[100];
            parallel(() -> {
                Shop.gofer$put$total(shop, 1, SITE);
                ElementHooks.writeElements(array, 0, 100, SITE);
            });
            assertThat(variables()).hasSize(2).contains("Shop.total");
        }
    }

    private static void parallel(Runnable body) {
        var barrier = new CyclicBarrier(2);
        Runnable all =
                () -> {
                    try {
                        barrier.await();
                    } catch (Exception impossible) {
                        throw new AssertionError(impossible);
                    }
                    body.run();
                };
        Thread first = Thread.ofPlatform().start(all);
        Thread second = Thread.ofVirtual().start(all);
        Hooked.join(first);
        Hooked.join(second);
    }

    @Test
    void reportsNameThreads() {
        var shop = new Shop();
        Thread first = Thread.ofPlatform().name("first").unstarted(() -> Shop.gofer$put$total(shop, 1, SITE));
        Hooks.starting(first);
        first.start();
        Hooked.join(first);
        Thread second = Thread.ofVirtual().start(() -> Shop.gofer$put$total(shop, 1, OTHER));
        Hooked.join(second);
        Report report = Reports.since(0).getFirst();
        Report.Access earlier = report.earlier();
        assertThat(earlier.thread()).isEqualTo("thread " + first.threadId() + " \"first\"");
        assertThat(earlier.startedBy()).startsWith("thread ").contains("\"" + Thread.currentThread().getName() + "\"");
        assertThat(earlier.startedAt().getFirst().getMethodName()).isEqualTo("reportsNameThreads");
        assertThat(earlier.startedAt()).hasSizeLessThanOrEqualTo(8);
        assertThat(report.later().thread()).isEqualTo("virtual thread " + second.threadId());
        assertThat(report.later().startedBy()).isNull();
        assertThat(report.later().startedAt()).isEmpty();
    }

    @Test
    void threadsThatKnowThemselvesAreAsked() {
        var shop = new Shop();
        var place = new StackTraceElement("Shop", "open", "Shop.java", 7);
        Thread goroutine =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            Shop.gofer$put$total(shop, 1, SITE);
                            Hooks.ended(Thread.currentThread());
                        });
        goroutine.setUncaughtExceptionHandler(new Goroutine(place));
        Hooks.starting(goroutine);
        goroutine.start();
        Hooked.join(goroutine);
        oneAfterTheOther(() -> Shop.gofer$put$total(shop, 1, OTHER));
        Report.Access earlier = Reports.since(0).getFirst().earlier();
        assertThat(earlier.thread()).isEqualTo("goroutine 7");
        assertThat(earlier.startedBy()).isEqualTo("goroutine 1");
        assertThat(earlier.startedAt()).containsExactly(place);
    }

    @Test
    void theUnknownPlaceOfAStartIsLeftOut() {
        var goroutine = new Thread(() -> {});
        goroutine.setUncaughtExceptionHandler(new Goroutine(new StackTraceElement("unknown", "unknown", null, -1)));
        assertThat(new Origin(goroutine, null).startedAt()).isEmpty();
    }

    /// The handler refers to what the goroutine uses.
    @Test
    void handlerOfALeakedGoroutineIsFreed() {
        var goroutine = new Thread(() -> {});
        goroutine.setUncaughtExceptionHandler(new Goroutine(new StackTraceElement("Main", "main", "Main.java", 3)));
        var handler = new WeakReference<>(goroutine.getUncaughtExceptionHandler());
        var origin = new Origin(goroutine, null);
        goroutine.setUncaughtExceptionHandler(null);
        while (handler.get() != null) {
            System.gc();
        }
        assertThat(origin.startedAt()).isEmpty();
    }

    private record Goroutine(StackTraceElement place) implements Started, Thread.UncaughtExceptionHandler {

        @Override
        public String gofer$description() {
            return "goroutine 7";
        }

        @Override
        public StackTraceElement gofer$site() {
            return place;
        }

        @Override
        public @Nullable String gofer$creator() {
            return "goroutine 1";
        }

        @Override
        public void uncaughtException(Thread thread, Throwable failure) {}
    }
}
