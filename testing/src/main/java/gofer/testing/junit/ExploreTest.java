package gofer.testing.junit;

import gofer.testing.Strategy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// An annotation for test methods that run under many schedules; see [gofer.testing.Explore]. Use it in place of `@Test`, or
/// together with `@ParameterizedTest` or `@RepeatedTest`, which then supply the arguments and the repetitions. The test
/// instance is the same for all schedules, so the method has to create the state that it changes.
///
/// The test report gets an entry with the number of schedules, and notes about what was not under control. With
/// [Strategy#EXHAUSTIVE] the test also fails if there are more schedules than it may run, or if code without scheduling points
/// may access shared state; see the notes. A failed assumption aborts the test under any schedule.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(ExploreExtension.class)
public @interface ExploreTest {

    /// The maximum number of schedules.
    long schedules() default 1000;

    /// The strategy that chooses schedules.
    Strategy strategy() default Strategy.MIXED;

    /// The seed of the choices.
    long seed() default 1;

    /// The maximum number of preemptions in a schedule of an exhaustive search.
    int preemptions() default Integer.MAX_VALUE;

    /// Whether to show what data races do instead of searching for them; see [gofer.testing.Explore#racy].
    boolean racy() default false;

    /// A token. If it is set, only its schedule is run. The test also fails if it cannot make the choices of the token, because
    /// then the token belongs to another test, or to an earlier version of this one.
    String replay() default "";
}
