package org.jspecify.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/// As JSpecify's.
@Target(ElementType.TYPE_USE)
public @interface Nullable {}
