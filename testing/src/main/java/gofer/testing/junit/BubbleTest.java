package gofer.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test method that runs in a bubble of its own; see [gofer.testing.Bubble]. In place of `@Test`, or beside
/// `@ParameterizedTest` or `@RepeatedTest`, which then say how often and with what.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(BubbleExtension.class)
public @interface BubbleTest {}
