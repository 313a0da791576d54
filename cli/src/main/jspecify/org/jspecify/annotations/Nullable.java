package org.jspecify.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/// A substitute for the annotation of JSpecify, so that the launcher compiles without its jar.
@Target(ElementType.TYPE_USE)
public @interface Nullable {}
