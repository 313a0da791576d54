package gofer.race.runtime;

import static gofer.race.runtime.Hooked.oneAfterTheOther;
import static gofer.race.runtime.Hooked.site;
import static gofer.race.runtime.Hooked.variables;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// What the hooks of accesses report.
class AccessTest implements WithDetector {

    private static final int FIRST = site(1);
    private static final int SECOND = site(2);

    private final Shop shop = new Shop();

    @Test
    void fieldWithEpochs() {
        oneAfterTheOther(() -> Shop.gofer$put$total(shop, 1, FIRST), () -> Shop.gofer$get$total(shop, SECOND));
        assertThat(variables()).containsExactly("Shop.total");
        Report report = Reports.since(0).getFirst();
        assertThat(report.earlier().writes()).isTrue();
        assertThat(report.earlier().stack()).containsExactly(Sites.get(FIRST));
        assertThat(report.later().writes()).isFalse();
        assertThat(report.later().stack().getFirst()).isEqualTo(Sites.get(SECOND));
        assertThat(report.later().stack().get(1).getClassName()).isEqualTo(AccessTest.class.getName());
        assertThat(report.toString())
                .contains("WARNING: DATA RACE on Shop.total\nRead by thread ")
                .contains("Previous write by thread ");
    }

    @Test
    void readsAreNoRace() {
        Runnable read = () -> Shop.gofer$get$total(shop, FIRST);
        oneAfterTheOther(read, read, read);
        assertThat(variables()).isEmpty();
    }

    @Test
    void aWriteIsInARaceWithEachRead() {
        oneAfterTheOther(
                () -> Shop.gofer$get$total(shop, FIRST),
                () -> Shop.gofer$get$total(shop, SECOND),
                () -> Shop.gofer$put$total(shop, 1, site(3)));
        assertThat(variables()).containsExactly("Shop.total", "Shop.total");
    }

    @Test
    void staticField() {
        oneAfterTheOther(() -> Shop.gofer$put$shared(1, FIRST), () -> Shop.gofer$get$shared(SECOND));
        assertThat(variables()).containsExactly("Shop.shared");
    }

    @Test
    void fieldWithoutEpochs() {
        Runnable write = () -> Hooks.writeField(shop, Shop.COUNT, FIRST);
        oneAfterTheOther(write, write);
        assertThat(variables()).containsExactly("Shop.count");
    }

    @Test
    void otherObjectsAndFinalFieldsAreNoRace() {
        oneAfterTheOther(
                () -> Hooks.writeField(new Shop(), Shop.COUNT, FIRST),
                () -> Hooks.writeField(shop, Shop.COUNT, FIRST),
                () -> Hooks.writeField(shop, Shop.NAME, FIRST),
                () -> Hooks.writeField(shop, Shop.NAME, FIRST));
        assertThat(variables()).isEmpty();
    }

    @Test
    void subclassesHaveTheField() {
        var corner = new Shop() {};
        Runnable write = () -> Hooks.writeField(corner, Shop.COUNT, FIRST);
        oneAfterTheOther(write, write);
        assertThat(variables()).containsExactly("Shop.count");
    }

    @Test
    void elements() {
        var array = new int[12];
        oneAfterTheOther(
                () -> ElementHooks.writeElement(array, 7, FIRST),
                () -> ElementHooks.writeElement(array, 8, FIRST),
                () -> ElementHooks.readElement(array, 7, SECOND));
        assertThat(variables()).containsExactly("element 7 of int[12]");
    }

    @Test
    void ranges() {
        var array = new String[200];
        oneAfterTheOther(
                () -> ElementHooks.writeElements(array, 0, 100, FIRST),
                () -> ElementHooks.readElements(array, 100, 200, FIRST),
                () -> ElementHooks.writeElement(array, 199, SECOND));
        assertThat(variables()).containsExactly("element 199 of String[200]");
    }

    @Test
    void anArrayOfManyDimensionsHasElementsThatAreArrays() {
        var array = new int[3][4];
        Runnable write = () -> ElementHooks.writeElement(array, 2, FIRST);
        oneAfterTheOther(write, write);
        assertThat(variables()).containsExactly("element 2 of int[][3]");
    }

    @Test
    void whatDoesNotExistIsIgnored() {
        var array = new int[3];
        Runnable wrong =
                () -> {
                    ElementHooks.writeElement(array, 3, FIRST);
                    ElementHooks.writeElement(array, -1, FIRST);
                    ElementHooks.writeElements(array, 1, 4, FIRST);
                    ElementHooks.writeElements(array, -1, 2, FIRST);
                    ElementHooks.writeElements(array, 2, 2, FIRST);
                };
        int missed = Detector.missed();
        oneAfterTheOther(wrong, wrong);
        assertThat(variables()).isEmpty();
        assertThat(Detector.missed()).isEqualTo(missed);
    }

    @Test
    void collections() {
        var list = new ArrayList<String>();
        oneAfterTheOther(() -> WholeHooks.writeWhole(list, FIRST), () -> WholeHooks.readWhole(list.iterator(), SECOND));
        assertThat(variables()).containsExactly("ArrayList");
    }

    @Test
    void aPairOfPlacesIsReportedOnce() {
        for (int i = 0; i < 3; i++) {
            var other = new Shop();
            oneAfterTheOther(
                    () -> Shop.gofer$put$total(other, 1, FIRST),
                    () -> Shop.gofer$put$total(other, 1, SECOND),
                    () -> Shop.gofer$put$total(other, 1, FIRST));
        }
        assertThat(variables()).containsExactly("Shop.total");
    }

    @Test
    void aCopyHasNoAccesses() {
        var copies = new ArrayList<Shop>();
        oneAfterTheOther(
                () -> Shop.gofer$get$total(shop, FIRST),
                () -> copies.add(shop.clone()),
                () -> Shop.gofer$put$total(copies.getFirst(), 1, SECOND));
        assertThat(variables()).isEmpty();
    }

    @Test
    void nothingCountsBeforeTheStart() {
        Detector.stop();
        oneAfterTheOther(
                () -> Shop.gofer$put$total(shop, 1, FIRST), () -> WholeHooks.writeWhole(new ArrayList<>(), FIRST));
        assertThat(Hooks.epoch(null)).isZero();
        assertThat(shop.gofer$w$total).isZero();
    }

    @Test
    void nothingCountsInQuietCalls() {
        Runnable quiet =
                () -> {
                    Hooks.enterQuiet();
                    Hooks.enterQuiet();
                    Hooks.exitQuiet();
                    Shop.gofer$put$total(shop, 1, FIRST);
                    assertThat(Hooks.epoch(null)).isZero();
                    Hooks.release(shop, 0);
                    Hooks.exitQuiet();
                };
        oneAfterTheOther(quiet, quiet);
        assertThat(variables()).isEmpty();
        assertThat(Shadows.find(shop)).isNull();
        oneAfterTheOther(
                () -> {
                    quiet.run();
                    Shop.gofer$put$total(shop, 1, FIRST);
                },
                () -> Shop.gofer$put$total(shop, 1, SECOND));
        assertThat(variables()).containsExactly("Shop.total");
    }

    @Test
    void nothingCountsInTheListener() {
        var received = new ArrayList<Report>();
        Reports.listen(report -> {
            received.add(report);
            Hooks.writeField(shop, Shop.COUNT, FIRST);
            Hooks.release(shop, 0);
        });
        oneAfterTheOther(() -> Shop.gofer$put$total(shop, 1, FIRST), () -> Shop.gofer$get$total(shop, SECOND));
        Reports.listen(_ -> {});
        assertThat(received).isEqualTo(Reports.since(0)).hasSize(1);
        assertThat(Shadows.find(shop)).isNull();
    }

    @Test
    void aListenerThatFailsDoesNoHarm() {
        Reports.listen(_ -> {
            throw new IllegalStateException();
        });
        int missed = Detector.missed();
        oneAfterTheOther(() -> Shop.gofer$put$total(shop, 1, FIRST), () -> Shop.gofer$get$total(shop, SECOND));
        Reports.listen(_ -> {});
        assertThat(Detector.missed()).isEqualTo(missed + 1);
        assertThat(variables()).containsExactly("Shop.total");
    }

    @Test
    void aFullStackDoesNoHarm() {
        Runnable write =
                () -> {
                    try {
                        fillStack();
                    } catch (StackOverflowError _) {
                        // As intended.
                    }
                    Shop.gofer$put$total(shop, 1, FIRST);
                };
        oneAfterTheOther(write, write);
        assertThat(variables()).contains("Shop.total");
    }

    /// Calls hooks until the stack is full.
    @SuppressWarnings("InfiniteRecursion")
    private static void fillStack() {
        ElementHooks.writeElement(new int[1], 0, FIRST);
        Hooks.acquire(Shop.class, 1);
        Hooks.release(Shop.class, 1);
        fillStack();
    }
}
