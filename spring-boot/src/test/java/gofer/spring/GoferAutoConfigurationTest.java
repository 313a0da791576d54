package gofer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.context.Context;
import gofer.micrometer.GoferMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GoferAutoConfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Application.class);
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(GoferMetricsAutoConfiguration.class));

    /// Imports the configurations by name, as Spring Boot does, so that their annotations may name absent classes.
    @ImportAutoConfiguration({
        GoferAutoConfiguration.class,
        GoferMetricsAutoConfiguration.class,
        Boot3HealthAutoConfiguration.class,
        Boot4HealthAutoConfiguration.class
    })
    static final class Application {}

    @Test
    void springFindsAllConfigurations() {
        var imported = Application.class.getAnnotation(ImportAutoConfiguration.class).value();
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .containsAll(Stream.of(imported).map(Class::getName).toList());
    }

    @Test
    void groupNeedsNeitherTheActuatorNorMicrometer() {
        application
                .withClassLoader(
                        new FilteredClassLoader(
                                "org.springframework.boot.actuate",
                                "org.springframework.boot.health",
                                "io.micrometer.core",
                                "gofer.micrometer"))
                .run(context ->
                        assertThat(context)
                                .hasNotFailed()
                                .hasSingleBean(ApplicationGroup.class)
                                .hasSingleBean(Context.class)
                                .doesNotHaveBean("goferHealthIndicator")
                                .doesNotHaveBean("goferMetrics"));
    }

    @Test
    void healthOfTheOtherVersionOfSpringBootIsSkipped() {
        var configurations =
                Map.of(
                        "org.springframework.boot.health", Boot3HealthAutoConfiguration.class,
                        "org.springframework.boot.actuate", Boot4HealthAutoConfiguration.class);
        configurations.forEach((absent, configuration) ->
                application
                        .withClassLoader(new FilteredClassLoader(absent))
                        .run(context ->
                                assertThat(context)
                                        .hasNotFailed()
                                        .hasSingleBean(configuration)
                                        .hasBean("goferHealthIndicator")));
    }

    @Test
    void metricsAreBoundToTheRegistry() {
        runner.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
                .withBean("registry", MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    assertThat(context).hasSingleBean(GoferMetrics.class);
                    var registry = context.getBean(MeterRegistry.class);
                    assertThat(registry.find("gofer.goroutines").gauge()).isNotNull();
                });
    }

    @Test
    void metricsNeedARegistryAndTheModule() {
        runner.run(context -> assertThat(context).doesNotHaveBean(GoferMetrics.class));
        runner.withBean("registry", MeterRegistry.class, SimpleMeterRegistry::new)
                .withClassLoader(new FilteredClassLoader(GoferMetrics.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("goferMetrics"));
    }

    @Test
    void metricsOfTheUserReplaceThoseOfTheStarter() {
        var own = new GoferMetrics();
        runner.withBean("registry", MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("own", GoferMetrics.class, () -> own)
                .run(context -> assertThat(context.getBean(GoferMetrics.class)).isSameAs(own));
    }
}
