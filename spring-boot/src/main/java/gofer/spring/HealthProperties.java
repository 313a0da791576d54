package gofer.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The properties `gofer.health`.
///
/// @param downOnFailure whether the health is down after a goroutine of the [ApplicationGroup] has failed
@ConfigurationProperties("gofer.health")
record HealthProperties(@DefaultValue("false") boolean downOnFailure) {}
