package gofer.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test method that runs in a bubble of its own; see [gofer.testing.Bubble]. For parameterised or repeated tests, put
/// `@ExtendWith(BubbleExtension.class)` beside the annotation that makes them.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(BubbleExtension.class)
public @interface BubbleTest {}
