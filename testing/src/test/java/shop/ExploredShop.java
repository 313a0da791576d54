package shop;

import gofer.testing.Strategy;
import gofer.testing.junit.ExploreTest;

/// Tests of plain Java that run without the agent. They do not find its faults.
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
