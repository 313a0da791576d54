package gofer.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// An annotation for test methods that each run in a bubble of their own; see [gofer.testing.Bubble]. Use it in place of
/// `@Test`, or together with `@ParameterizedTest` or `@RepeatedTest`, which then supply the arguments and the repetitions.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(BubbleExtension.class)
public @interface BubbleTest {}
