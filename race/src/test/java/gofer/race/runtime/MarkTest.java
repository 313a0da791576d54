package gofer.race.runtime;

import static gofer.race.runtime.Hooked.oneAfterTheOther;
import static gofer.race.runtime.Hooked.site;
import static gofer.race.runtime.Hooked.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// The races that make a test fail: those since the mark at its beginning.
class MarkTest implements WithDetector {

    private static final int FIRST = site(1);
    private static final int SECOND = site(2);

    private final Shop shop = new Shop();

    @Test
    void checkThrowsTheRacesSinceTheMark() {
        oneAfterTheOther(() -> Shop.gofer$put$total(shop, 1, FIRST), () -> Shop.gofer$get$total(shop, SECOND));
        int mark = Hooks.mark();
        Hooks.check(mark);
        Runnable write = () -> Hooks.writeField(shop, Shop.COUNT, FIRST);
        oneAfterTheOther(write, write);
        assertThatThrownBy(() -> Hooks.check(mark))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("data race on Shop.count\n")
                .hasMessageContaining("WARNING: DATA RACE on Shop.count")
                .hasMessageNotContaining("Shop.total");
    }

    @Test
    void aRepeatedRaceIsReportedAgainWithItsOwnThreads() {
        race("first");
        int mark = Hooks.mark();
        race("second");
        race("third");
        assertThatThrownBy(() -> Hooks.check(mark))
                .hasMessageStartingWith(
                        "data race on Shop.total, which repeats an earlier report for the same two places\n")
                .hasMessageContaining("\"second reader\"")
                .hasMessageContaining("at Till.pay(Till.java:2)")
                .hasMessageNotContainingAny("first", "third");
        assertThat(variables()).containsExactly("Shop.total");
    }

    @Test
    void aTestWithoutARaceDoesNotFailBecauseOfAnEarlierOne() {
        int first = Hooks.mark();
        race("first");
        assertThatThrownBy(() -> Hooks.check(first)).hasMessageStartingWith("data race on Shop.total\n");
        int second = Hooks.mark();
        race("second");
        assertThatThrownBy(() -> Hooks.check(second)).hasMessageContaining("repeats");
        Hooks.check(Hooks.mark());
    }

    @Test
    void aRaceIsNamedOnceEvenIfAnotherTestBeginsMeanwhile() {
        int outer = Hooks.mark();
        race("first");
        int inner = Hooks.mark();
        race("second");
        assertThatThrownBy(() -> Hooks.check(outer))
                .hasMessageContaining("\"first reader\"")
                .hasMessageNotContainingAny("second", "repeats");
        assertThatThrownBy(() -> Hooks.check(inner)).hasMessageContaining("\"second reader\"");
    }

    /// A write and a read of one variable, by two threads.
    private void race(String name) {
        var other = new Shop();
        Hooked.join(Thread.ofPlatform().name(name + " writer").start(() -> Shop.gofer$put$total(other, 1, FIRST)));
        Hooked.join(Thread.ofPlatform().name(name + " reader").start(() -> Shop.gofer$get$total(other, SECOND)));
    }
}
