package org.jspecify.annotations;

/// As JSpecify's.
public @interface NullMarked {}
