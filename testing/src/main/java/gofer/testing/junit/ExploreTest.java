package gofer.testing.junit;

import gofer.testing.Strategy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test method that runs under many schedules; see [gofer.testing.Explore]. The test instance is the same for all of them:
/// what they change has to be made inside the method. For parameterised or repeated tests, put this beside the annotation
/// that makes them, which then takes the place of `@Test`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(ExploreExtension.class)
public @interface ExploreTest {

    /// How many schedules there are at most.
    long schedules() default 1000;

    /// How they are chosen.
    Strategy strategy() default Strategy.MIXED;

    /// What the choices depend on.
    long seed() default 1;

    /// How often an exhaustive search takes the turn from a goroutine that could go on.
    int preemptions() default Integer.MAX_VALUE;

    /// A token: then this schedule alone is run.
    String replay() default "";
}
