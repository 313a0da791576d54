package org.jspecify.annotations;

/// A substitute for the annotation of JSpecify, so that the launcher compiles without its jar.
public @interface NullMarked {}
