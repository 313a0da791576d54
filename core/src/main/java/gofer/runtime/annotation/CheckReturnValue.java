package gofer.runtime.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a type whose callers must use the results of its methods, except of those with [CanIgnoreReturnValue]. Error
/// Prone and other checkers recognize both annotations by their simple names.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CheckReturnValue {}
