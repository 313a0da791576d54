package gofer.runtime.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// This method is often called for what it does alone: an exception to [CheckReturnValue].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CanIgnoreReturnValue {}
