package org.jspecify.annotations;

/// Stands for the annotation of JSpecify.
public @interface NullMarked {}
