/// The lowest floor: what the JDK has to be asked for, short locks, stack frames, and small tools. Not API.
@NullMarked
package gofer.runtime.base;

import org.jspecify.annotations.NullMarked;
