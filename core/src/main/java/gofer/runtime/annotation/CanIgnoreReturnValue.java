package gofer.runtime.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method that is often called only for its effect: an exception to [CheckReturnValue].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CanIgnoreReturnValue {}
