package gofer.spring;

import gofer.micrometer.GoferMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/// The meters of `gofer-micrometer`, if that is on the class path. Spring Boot binds each such bean to its registries.
@AutoConfiguration(
        afterName = { // the first in Spring Boot 3, the second in Spring Boot 4
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({GoferMetrics.class, MeterRegistry.class})
@ConditionalOnBean(MeterRegistry.class)
public final class GoferMetricsAutoConfiguration {

    /// Creates a configuration.
    public GoferMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    GoferMetrics goferMetrics() {
        return new GoferMetrics();
    }
}
