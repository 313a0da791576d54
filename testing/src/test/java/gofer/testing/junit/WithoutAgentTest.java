package gofer.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shop.ExploredShop;

/// Tests of the reports about plain Java without the agent.
class WithoutAgentTest {

    private static final String PLACE = "note: ShopRuns.java:";

    @Test
    void exhaustiveTestFailsBecauseItCannotBeComplete() {
        assertThat(Launched.of(ExploredShop.class).results().get("all()[1] all schedules"))
                .startsWith("FAILED: java.lang.AssertionError: these were perhaps not all schedules: ")
                .contains(PLACE, "-javaagent:gofer-testing.jar");
    }

    @Test
    void reportsOfOtherStrategiesHaveTheNote() {
        Launched run = Launched.of(ExploredShop.class);
        assertThat(run.results().get("some()[1] 10 schedules")).isEqualTo("SUCCESSFUL");
        assertThat(run.entries().get("some()[1] 10 schedules")).contains(PLACE, "-javaagent:gofer-testing.jar");
    }
}
