package gofer.testing.junit;

import gofer.testing.Strategy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test method that runs under many schedules; see [gofer.testing.Explore]. In place of `@Test`, or beside
/// `@ParameterizedTest` or `@RepeatedTest`, which then say how often and with what. The test instance is the same for all
/// schedules: what they change has to be made inside the method.
///
/// What was run is an entry of the report, with notes of what was not under control. With [Strategy#EXHAUSTIVE] the test also
/// fails if there are more schedules than it may run, or if code without points may touch what is shared: see the notes. An assumption that does not hold aborts the test, whatever the schedule.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
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

    /// A token: then this schedule alone is run. Fails, too, if the test does not come to the choices that it
    /// stands for: then it is of another test, or of this one as it was earlier.
    String replay() default "";
}
