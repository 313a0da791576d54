package org.jspecify.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/// Stands for the annotation of JSpecify.
@Target(ElementType.TYPE_USE)
public @interface Nullable {}
