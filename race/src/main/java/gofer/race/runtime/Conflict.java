package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// An earlier access that does not happen before the current one, though one of them is a write.
///
/// @param epoch of the earlier access
/// @param site of the earlier access
/// @param writes whether the earlier access is a write
/// @param index the index of the variable in its cell
/// @param next another one; null if there is none
record Conflict(long epoch, int site, boolean writes, int index, @Nullable Conflict next) {}
