package gofer.spring;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// The health of the [ApplicationGroup] for the actuator of Spring Boot 3. Spring Boot 4 has its classes in other packages.
@AutoConfiguration(after = GoferAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnSingleCandidate(LifecycleGroup.class)
@ConditionalOnEnabledHealthIndicator("gofer")
@EnableConfigurationProperties(HealthProperties.class)
public final class Boot3HealthAutoConfiguration {

    /// Creates a configuration.
    public Boot3HealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "goferHealthIndicator")
    HealthIndicator goferHealthIndicator(LifecycleGroup group, HealthProperties properties) {
        return () -> {
            GroupHealth health = GroupHealth.of(group, properties);
            return Health.status(health.down() ? Status.DOWN : Status.UP).withDetails(health.details()).build();
        };
    }
}
