package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.WaitGroup;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The edges of gofer.sync without the locks: MM-08 to MM-12.
class HappensBeforeOfSyncTest {

    private final VectorClocks clocks = new VectorClocks();

    @AfterEach
    void close() {
        clocks.close();
    }

    @Test
    void doneOrdersAwait() {
        WaitGroup group = new WaitGroup();
        clocks.mark("before add");
        group.add(1);
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            group.await();
                            assertThat(clocks.sees("before done")).isTrue();
                            assertThat(clocks.sees("after")).isFalse();
                        });
        Eventually.blocked(waiting, WaitReason.WAIT_GROUP_WAIT);
        clocks.mark("before done");
        group.done();
        clocks.mark("after");
        clocks.run(
                "late",
                () -> {
                    group.await();
                    assertThat(clocks.sees("before done")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                    assertThat(clocks.sees("waiting")).isFalse();
                });
        WaitGroup unused = new WaitGroup();
        unused.await();
        assertThat(clocks.sees("waiting")).isFalse();
    }

    @Test
    void addOrdersNothing() {
        WaitGroup group = new WaitGroup();
        clocks.mark("before");
        group.add(2);
        clocks.run(
                "doing",
                () -> {
                    group.add(-2);
                    group.await();
                    assertThat(clocks.sees("before")).isFalse();
                });
    }

    @Test
    void endOfBodyOrdersAwait() {
        WaitGroup group = new WaitGroup();
        group.go(() -> clocks.mark("body"));
        group.await();
        assertThat(clocks.sees("body")).isTrue();
    }

    @Test
    void endOfActionOrdersEveryRun() {
        Once once = new Once();
        Supplier<Integer> value =
                Once.value(() -> {
                    clocks.mark("computation");
                    return 1;
                });
        Goroutine first =
                clocks.go(
                        "first",
                        () -> {
                            once.run(() -> clocks.mark("action"));
                            clocks.mark("after");
                            assertThat(value.get()).isEqualTo(1);
                        });
        Eventually.ended(first);
        clocks.run(
                "second",
                () -> {
                    once.run(() -> {});
                    assertThat(clocks.sees("action")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                    assertThat(value.get()).isEqualTo(1);
                    assertThat(clocks.sees("computation")).isTrue();
                });
        assertThat(value.get()).isEqualTo(1);
        assertThat(clocks.sees("computation")).isTrue();
        assertThat(clocks.sees("second")).isFalse();
    }

    @Test
    void endOfActionOrdersRunThatWaited() {
        Once once = new Once();
        Mutex gate = new Mutex();
        gate.lock();
        Goroutine first =
                clocks.go(
                        "first",
                        () ->
                                once.run(() -> {
                                    gate.lock();
                                    clocks.mark("action");
                                }));
        Eventually.blocked(first, WaitReason.MUTEX_LOCK);
        Goroutine second =
                clocks.go(
                        "second",
                        () -> {
                            once.run(() -> {});
                            assertThat(clocks.sees("action")).isTrue();
                        });
        Eventually.blocked(second, WaitReason.MUTEX_LOCK);
        gate.unlock();
    }

    @Test
    @SuppressWarnings("AwaitNotInLoop")
    void signalAndBroadcastOrderTheAwaitsThatTheyWake() {
        Mutex mutex = new Mutex();
        Cond cond = new Cond(mutex);
        Goroutine first =
                clocks.go(
                        "first",
                        () -> {
                            mutex.lock();
                            cond.await();
                            assertThat(clocks.sees("signal")).isTrue();
                            assertThat(clocks.sees("broadcast")).isFalse();
                            mutex.unlock();
                        });
        Eventually.blocked(first, WaitReason.COND_WAIT);
        Goroutine second =
                clocks.go(
                        "second",
                        () -> {
                            mutex.lock();
                            cond.await();
                            assertThat(clocks.sees("broadcast")).isTrue();
                            mutex.unlock();
                        });
        Eventually.blocked(second, WaitReason.COND_WAIT);
        clocks.mark("signal");
        cond.signal();
        Eventually.ended(first);
        clocks.mark("broadcast");
        cond.broadcast();
        Eventually.ended(second);
        assertThat(clocks.sees("first")).isFalse();
        cond.signal();
        clocks.run(
                "other",
                () -> {
                    cond.signal();
                    assertThat(clocks.sees("signal")).isFalse();
                });
    }

    @Test
    void putOrdersTheGetOfItsItem() {
        Pool<Object> pool = new Pool<>(Object::new);
        Object item = new Object();
        clocks.mark("before");
        pool.put(item);
        clocks.mark("after");
        clocks.run(
                "getter",
                () -> {
                    assertThat(pool.get()).isSameAs(item);
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                });
        clocks.run(
                "second getter",
                () -> {
                    assertThat(pool.get()).isNotSameAs(item);
                    assertThat(clocks.sees("before")).isFalse();
                });
    }
}
