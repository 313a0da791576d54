package gofer.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/// Tests the health with the types of both versions of Spring Boot: both are on the class path.
class HealthTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GoferAutoConfiguration.class));
    private final ApplicationContextRunner boot3 =
            runner.withConfiguration(AutoConfigurations.of(Boot3HealthAutoConfiguration.class));
    private final ApplicationContextRunner boot4 =
            runner.withConfiguration(AutoConfigurations.of(Boot4HealthAutoConfiguration.class));

    private static void fail(LifecycleGroup group) {
        try (var _ = new Logs()) {
            group.go(
                    "failing",
                    _ -> {
                        throw new IllegalStateException("broken");
                    });
            while (!group.goroutines().isEmpty()) {
                Go.gosched();
            }
        }
    }

    private static org.springframework.boot.actuate.health.Health health3(ApplicationContext context) {
        return context.getBean(org.springframework.boot.actuate.health.HealthIndicator.class).health();
    }

    @Test
    void healthShowsGoroutinesAndFailures() {
        boot3.run(context -> {
            LifecycleGroup group = context.getBean(LifecycleGroup.class);
            fail(group);
            Chan<Void> end = Chan.make();
            group.go("consumer", _ -> end.recvOk());
            var health = health3(context);
            assertThat(health.getStatus().getCode()).isEqualTo("UP");
            assertThat(health.getDetails())
                    .containsEntry("goroutines", 1)
                    .containsEntry("failures", 1L)
                    .containsEntry("lastFailure", "failing: java.lang.IllegalStateException: broken")
                    .containsKey("leaked");
            end.close();
        });
    }

    @Test
    void healthIsDownAfterAFailureIfThePropertySaysSo() {
        boot3.withPropertyValues("gofer.health.down-on-failure=true")
                .run(context -> {
                    assertThat(health3(context).getStatus().getCode()).isEqualTo("UP");
                    fail(context.getBean(LifecycleGroup.class));
                    assertThat(health3(context).getStatus().getCode()).isEqualTo("DOWN");
                });
    }

    @Test
    void healthHasTheTypesOfSpringBoot4() {
        boot4.withPropertyValues("gofer.health.down-on-failure=true")
                .run(context -> {
                    fail(context.getBean(LifecycleGroup.class));
                    var indicator = context.getBean(org.springframework.boot.health.contributor.HealthIndicator.class);
                    var health = requireNonNull(indicator.health());
                    assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
                    assertThat(health.getDetails()).containsEntry("failures", 1L);
                });
    }

    @Test
    void healthCanBeDisabled() {
        for (var version : List.of(boot3, boot4)) {
            version.withPropertyValues("management.health.gofer.enabled=false")
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("goferHealthIndicator"));
        }
    }
}
