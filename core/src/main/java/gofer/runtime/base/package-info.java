/// The lowest layer: access to JDK internals, short locks, stack frames, and small utilities. Not API.
@NullMarked
package gofer.runtime.base;

import org.jspecify.annotations.NullMarked;
