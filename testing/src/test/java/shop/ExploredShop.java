package shop;

import gofer.testing.Strategy;
import gofer.testing.junit.ExploreTest;

/// Tests of plain Java, to be run without the agent: that does not show what is wrong with it.
public class ExploredShop {

    @ExploreTest(strategy = Strategy.EXHAUSTIVE)
    void all() throws InterruptedException {
        ShopRuns.lostUpdate();
    }

    @ExploreTest(schedules = 10)
    void some() throws InterruptedException {
        ShopRuns.lostUpdate();
    }
}
