package gofer.runtime.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who calls a method of this type has to use its result, but for those with [CanIgnoreReturnValue]. Error Prone and other
/// checkers know both by their simple names.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CheckReturnValue {}
