package gofer.race.runtime;

import static gofer.race.runtime.Hooked.oneAfterTheOther;
import static gofer.race.runtime.Hooked.site;
import static gofer.race.runtime.Hooked.variables;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the hooks of edges order.
class EdgesTest implements WithDetector {

    private static final int SITE = site(1);

    private Shop shop = new Shop();
    private final Shop target = new Shop();

    private void write() {
        Shop.gofer$put$total(shop, 1, SITE);
    }

    /// Returns whether a write before `release` happens before a write after `acquire`.
    private boolean isOrdered(Runnable release, Runnable acquire) {
        Reports.clear();
        shop = new Shop();
        oneAfterTheOther(
                () -> {
                    write();
                    release.run();
                },
                () -> {
                    acquire.run();
                    write();
                });
        return variables().isEmpty();
    }

    @Test
    void partsAreSeparate() {
        assertThat(isOrdered(() -> Hooks.release(target, 0), () -> Hooks.acquire(target, 0))).isTrue();
        assertThat(isOrdered(() -> Hooks.release(target, 1), () -> Hooks.acquire(target, 2))).isFalse();
        assertThat(isOrdered(() -> Hooks.release(target, 0), () -> Hooks.acquire(new Shop(), 0))).isFalse();
        assertThat(isOrdered(() -> Hooks.release(target, Hooks.MONITOR), () -> Hooks.acquire(target, Hooks.MONITOR)))
                .isTrue();
    }

    @Test
    void passAddsWhatWasReleased() {
        var other = new Object();
        Runnable passed =
                () -> {
                    Hooks.release(target, 0);
                    Hooks.pass(target, other, 5);
                };
        assertThat(isOrdered(passed, () -> Hooks.acquire(other, 5))).isTrue();
        assertThat(isOrdered(passed, () -> Hooks.acquire(other, 4))).isFalse();
    }

    @Test
    void threads() {
        var thread = new Thread(() -> {});
        write();
        Hooks.starting(thread);
        var strand = new Strand(null);
        Threads.begin(strand, thread);
        FieldAccess.access(strand, shop, Fields.get(Shop.TOTAL), true, SITE);
        Hooks.joined(thread);
        assertThat(Hooked.variables()).isEmpty();
        Threads.ended(strand, thread);
        Hooks.joined(thread);
        write();
        assertThat(variables()).isEmpty();
    }

    @Test
    void aThreadThatHasNotEndedIsNotJoined() {
        var thread = new Thread(() -> {});
        assertThat(isOrdered(() -> Hooks.starting(thread), () -> Hooks.joined(thread))).isFalse();
    }

    @Test
    void aStartCountsInAQuietCall() {
        var thread = new Thread(this::write);
        write();
        Hooks.enterQuiet();
        Hooks.starting(thread);
        Hooks.exitQuiet();
        thread.start();
        Hooked.join(thread);
        assertThat(variables()).isEmpty();
    }

    @Test
    void edgesOfAThreadThatHasEndedStillCount() {
        var first = new Object();
        Runnable release = () -> Hooks.release(first, 0);
        Runnable acquire =
                () -> {
                    oneAfterTheOther(() -> {
                        Hooks.ended(Thread.currentThread());
                        Hooks.acquire(first, 0);
                        Hooks.release(target, 0);
                        assertThat(Hooks.epoch(null)).isZero();
                    });
                    Hooks.acquire(target, 0);
                };
        assertThat(isOrdered(release, acquire)).isTrue();
    }

    @Test
    void volatileFieldsAreOnePartForAllHooks() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        VarHandle handle = lookup.findVarHandle(Shop.class, "open", int.class);
        VarHandle ofStatic = lookup.findStaticVarHandle(Shop.class, "opened", int.class);
        long offset = Unsafe.getUnsafe().objectFieldOffset(Shop.class, "open");
        long staticOffset = Unsafe.getUnsafe().staticFieldOffset(Shop.class.getDeclaredField("opened"));
        assertOnePart(
                new Object[] {
                    Shop.OPEN,
                    (Consumer<Boolean>) acquires -> handle(acquires, handle, target, -1),
                    (Consumer<Boolean>) acquires -> handle(acquires, handle.withInvokeExactBehavior(), target, -1),
                    (Consumer<Boolean>) acquires -> at(acquires, target, offset)
                });
        assertOnePart(
                new Object[] {
                    Shop.OPENED,
                    (Consumer<Boolean>) acquires -> handle(acquires, ofStatic, null, -1),
                    (Consumer<Boolean>) acquires -> at(acquires, Shop.class, staticOffset)
                });
        assertThat(isOrdered(() -> Hooks.releaseField(target, Shop.OPEN), () -> Hooks.acquireField(target, Shop.TOTAL)))
                .isFalse();
        assertThat(isOrdered(() -> Hooks.releaseField(target, Shop.OPEN), () -> Hooks.acquireField(shop, Shop.OPEN)))
                .isFalse();
    }

    @SuppressWarnings("unchecked")
    private void assertOnePart(Object[] ways) {
        int field = (Integer) ways[0];
        Object owner = field == Shop.OPENED ? Shop.class : target;
        ways[0] =
                (Consumer<Boolean>)
                        acquires -> {
                            if (acquires) {
                                Hooks.acquireField(owner, field);
                            } else {
                                Hooks.releaseField(owner, field);
                            }
                        };
        for (int i = 0; i < ways.length; i++) {
            for (int j = 0; j < ways.length; j++) {
                var release = (Consumer<Boolean>) ways[i];
                var acquire = (Consumer<Boolean>) ways[j];
                assertThat(isOrdered(() -> release.accept(false), () -> acquire.accept(true)))
                        .as("%d, %d", i, j)
                        .isTrue();
            }
        }
    }

    private static void handle(boolean acquires, VarHandle handle, @Nullable Object object, int index) {
        if (acquires) {
            Hooks.acquireHandle(handle, object, index);
        } else {
            Hooks.releaseHandle(handle, object, index);
        }
    }

    private static void at(boolean acquires, Object object, long offset) {
        if (acquires) {
            Hooks.acquireAt(object, offset);
        } else {
            Hooks.releaseAt(object, offset);
        }
    }

    @Test
    void elementsOfArraysAreParts() {
        var array = new String[10];
        VarHandle handle = MethodHandles.arrayElementVarHandle(String[].class);
        Unsafe unsafe = Unsafe.getUnsafe();
        long third = unsafe.arrayBaseOffset(String[].class) + 3L * unsafe.arrayIndexScale(String[].class);
        assertThat(isOrdered(() -> Hooks.releaseHandle(handle, array, 3), () -> Hooks.acquireAt(array, third)))
                .isTrue();
        assertThat(isOrdered(() -> Hooks.releaseHandle(handle, array, 4), () -> Hooks.acquireAt(array, third)))
                .isFalse();
    }

    @Test
    void fieldsOfAnObjectOfTheJdkAreOnePart() {
        var number = new AtomicInteger();
        assertThat(isOrdered(() -> Hooks.releaseAt(number, 12), () -> Hooks.acquireAt(number, 16))).isTrue();
        assertThat(isOrdered(() -> Hooks.releaseAt(number, 12), () -> Hooks.acquire(number, 0))).isTrue();
    }

    @Test
    void otherHandlesOrderTooMuch() {
        VarHandle ints = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
        VarHandle longs = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
        var bytes = new byte[16];
        assertThat(isOrdered(() -> Hooks.releaseHandle(ints, bytes, 0), () -> Hooks.acquireHandle(longs, bytes, 0)))
                .isTrue();
    }

    @Test
    void adaptedHandlesOrderTheField() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        VarHandle handle = lookup.findVarHandle(Shop.class, "open", int.class);
        VarHandle adapted =
                MethodHandles.filterValue(handle, MethodHandles.identity(int.class), MethodHandles.identity(int.class));
        assertThat(
                        isOrdered(
                                () -> Hooks.releaseHandle(adapted, target, -1),
                                () -> Hooks.acquireField(target, Shop.OPEN)))
                .isTrue();
        assertThat(
                        isOrdered(
                                () -> Hooks.releaseField(target, Shop.OPEN),
                                () -> Hooks.acquireHandle(adapted, target, -1)))
                .isTrue();
    }

    @Test
    void initializersOrderTheirClass() {
        Runnable initialize =
                () -> {
                    Hooks.enterInitializer();
                    Shop.gofer$put$shared(1, SITE);
                    assertThat(Hooks.epoch(null)).isZero();
                    Hooks.exitInitializer(Shop.class);
                };
        assertThat(isOrdered(initialize, () -> {})).isFalse();
        assertThat(isOrdered(initialize, () -> Shop.gofer$get$shared(SITE))).isTrue();
    }

    @Test
    void aReadOfAFinalFieldFollowsTheInitializer() {
        int number = Initializers.number();
        Runnable initialize = () -> assertThat(Hooks.exitInitializer(Shop.class)).isFalse();
        assertThat(isOrdered(initialize, () -> Hooks.initialized(Shop.class, number))).isTrue();
        assertThat(isOrdered(initialize, () -> Hooks.initialized(Hooks.class, number))).isFalse();
    }
}
