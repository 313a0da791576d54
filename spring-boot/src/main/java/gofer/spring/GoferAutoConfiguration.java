package gofer.spring;

import gofer.context.CancelContext;
import gofer.context.Context;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;

/// The beans for goroutines: an [ApplicationGroup], and a [Context] that is done when the shutdown begins.
@AutoConfiguration
public final class GoferAutoConfiguration {

    /// Creates a configuration.
    public GoferAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(ApplicationGroup.class)
    LifecycleGroup goferGroup() {
        return new LifecycleGroup();
    }

    @Bean
    @ConditionalOnMissingBean
    Context goferContext(ConfigurableApplicationContext application) {
        CancelContext context = Context.background().withCancel();
        application.addApplicationListener(
                GenericApplicationListener.forEventType(
                        ContextClosedEvent.class,
                        event -> {
                            if (event.getApplicationContext() == application) { // events of child contexts arrive, too
                                context.cancel();
                            }
                        }));
        if (application.isClosed()) { // the bean is lazy, and its first user asks for it during the shutdown
            context.cancel();
        }
        return context;
    }
}
